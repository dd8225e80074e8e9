namespace Nonsmooth.Reliability.Gradients;

/// <summary>The norm in which gradients are compared with a threshold: summed over parameter tensors.</summary>
public enum GradientNorm
{
    /// <summary>Σ‖·‖∞: the volume study.</summary>
    SumInfinity,

    /// <summary>Σ‖·‖₁: the threshold study.</summary>
    SumL1,
}
