using Nonsmooth.Optimizers.Checks;

namespace Nonsmooth.Optimizers;

/// <summary>What is looked at before a step is taken. All of it costs one pass that reads the gradients.</summary>
public sealed record StepGuard
{
    /// <summary>Multiplies every gradient, e.g. 1/s to undo a loss scale s; finite, not 0. Default 1.</summary>
    public double GradientScale { get; init; } = 1;

    /// <summary>
    /// The largest 2-norm of all gradients together, after <see cref="GradientScale"/>; above 0. Longer
    /// ones are shortened to it. Default infinity, which clips nothing.
    /// </summary>
    public double MaxNorm { get; init; } = double.PositiveInfinity;

    /// <summary>Added to the norm that <see cref="MaxNorm"/> is divided by, at least 0: 1e-6 in <c>torch.nn.utils.clip_grad_norm_</c>. Default 0.</summary>
    public double NormEpsilon { get; init; }

    /// <summary>
    /// What to do when a gradient has a NaN or an infinity: true, the default, takes no step (parameters,
    /// states and step counts stay); false throws.
    /// </summary>
    public bool SkipNonFinite { get; init; } = true;

    /// <summary>Checks the numbers.</summary>
    /// <exception cref="NonsmoothException">One is out of its range.</exception>
    public void Validate()
    {
        OptionCheck.Require(double.IsFinite(GradientScale) && GradientScale != 0, "gradient scale", GradientScale, "a finite number other than 0");
        OptionCheck.Require(MaxNorm > 0, "max norm", MaxNorm, "a number above 0, infinity for no clipping");
        OptionCheck.NonNegative("norm epsilon", NormEpsilon);
    }

    /// <summary>What a gradient of this norm is multiplied by to clip it.</summary>
    internal double Clipping(double norm) => norm + NormEpsilon > MaxNorm ? MaxNorm / (norm + NormEpsilon) : 1;
}

/// <summary>What a guarded step found and did.</summary>
/// <param name="Norm">The 2-norm of all gradients together, after the gradient scale and before clipping; NaN or infinite where one of them is.</param>
/// <param name="Factor">What every gradient was multiplied by: the gradient scale, and less where the norm was clipped; 0 where the step was skipped.</param>
/// <param name="Skipped">Whether no step was taken, because of a NaN or an infinity.</param>
public readonly record struct StepResult(double Norm, double Factor, bool Skipped);
