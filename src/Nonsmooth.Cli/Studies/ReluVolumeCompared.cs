namespace Nonsmooth.Cli.Studies;

/// <summary>What a row of the ReLU'(0) study compares.</summary>
internal enum ReluVolumeCompared
{
    /// <summary>The gradient of the first layer's weight, as published.</summary>
    FirstWeight,

    /// <summary>The gradients of all parameters.</summary>
    All,

    /// <summary>The first layer's weight, and ReLU'(0) = 1 by the published, wrong backward.</summary>
    Bug,
}
