namespace Nonsmooth.Cli.Costs;

/// <summary>What a Jacobian is of.</summary>
internal enum JacobianOutput
{
    /// <summary>No Jacobian is asked for.</summary>
    None,

    /// <summary>The mean loss, as in training.</summary>
    Loss,

    /// <summary>The logits, as in inference: running statistics, no dropout.</summary>
    Logits,
}
