namespace Nonsmooth.Reliability.Profiles.Rows;

/// <summary>Names of profiles that rows often list together.</summary>
internal static class Everyone
{
    /// <summary>The recorded engines but PyTorch.</summary>
    public const string Recorded = "jax tensorflow paddle tinygrad autograd pytensor casadi warp";

    /// <summary>Those that have activations beyond relu.</summary>
    public const string Activations = "jax tensorflow paddle tinygrad";
}
