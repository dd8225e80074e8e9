namespace Nonsmooth.Answers;

/// <summary>What a claimed gradient is.</summary>
public enum GradientLabel
{
    /// <summary>Nothing can be said: values jump, slopes grow without bound, or the value is not finite.</summary>
    Undecided,

    /// <summary>The function looks differentiable here, and this is its gradient.</summary>
    Gradient,

    /// <summary>The function has a kink here, and this is in the convex hull of the gradients nearby.</summary>
    Clarke,

    /// <summary>
    /// Outside that hull but in its affine span: right along curves on which the pieces meet, so conservative, but not Clarke's.
    /// In one variable every finite number is.
    /// </summary>
    ConservativeOnly,

    /// <summary>Neither: a wrong rule.</summary>
    Wrong,
}
