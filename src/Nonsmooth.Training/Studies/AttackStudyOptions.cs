using Nonsmooth.Optimizers;

namespace Nonsmooth.Training.Studies;

/// <summary>How networks are trained and attacked in an <see cref="AttackStudy"/>.</summary>
public sealed record AttackStudyOptions
{
    /// <summary>How far an attack may move a pixel. Default 0.1.</summary>
    public float Radius { get; init; } = 0.1f;

    /// <summary>Steps of training on images as they are. Default 1,500.</summary>
    public int Steps { get; init; } = 1500;

    /// <summary>Steps of training on attacked images. Default 600.</summary>
    public int AdversarialSteps { get; init; } = 600;

    /// <summary>Images in a step. Default 64.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>Test images that are attacked, the first ones. Default 2,000.</summary>
    public int Attacked { get; init; } = 2000;

    /// <summary>The learning rate. Default 0.001.</summary>
    public double Rate { get; init; } = 1e-3;

    /// <summary>The optimizer. Default Adam.</summary>
    public OptimizerOptions Optimizer { get; init; } = OptimizerRegistry.Find("adam").Defaults;

    /// <summary>The attack whose clamp is in the gradient, on a trained network: 10 steps of 0.025.</summary>
    public AttackSteps Measured => new(10, 0.025f, Radius);

    /// <summary>The same in each step of training: 4 steps of 0.04.</summary>
    public AttackSteps Inner => new(4, 0.04f, Radius);

    /// <summary>The attack that judges: 20 steps of 0.01.</summary>
    public AttackSteps Judging => new(20, 0.01f, Radius);
}
