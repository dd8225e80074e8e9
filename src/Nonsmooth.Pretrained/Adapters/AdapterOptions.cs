namespace Nonsmooth.Pretrained.Adapters;

/// <summary>How an adapter is put on a network.</summary>
public sealed record AdapterOptions
{
    /// <summary>Whether the gradient of a DoRA adapter is the derivative. Default false: the norm of the weight is held constant in it, as PEFT does.</summary>
    public bool IsExact { get; init; }

    /// <summary>Whether the program is for training, so that it drops elements where the adapter says so; it then takes the number of the step, <c>step</c>, as its last input. Default false.</summary>
    public bool IsTraining { get; init; }

    /// <summary>The seed of what a new adapter draws. Default 0.</summary>
    public ulong Seed { get; init; }
}
