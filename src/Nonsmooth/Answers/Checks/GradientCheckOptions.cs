using Nonsmooth.Selections;

namespace Nonsmooth.Answers;

/// <summary>How a gradient is checked.</summary>
public sealed record GradientCheckOptions
{
    /// <summary>What the random directions are drawn from. Default 0.</summary>
    public ulong Seed { get; init; }

    /// <summary>Along how many random directions one-sided differences are taken, beside those of up to 32 variables. Default 6.</summary>
    public int Directions { get; init; } = 6;

    /// <summary>At how many points nearby gradients are taken where there is a kink. Default 64, and as many again where the hull is to grow.</summary>
    public int Samples { get; init; } = 64;

    /// <summary>The relative error that a slope may have beside the error bar of the differences. Default 1e-6.</summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>How far, relative to the largest slope along each variable, a gradient may be outside a hull. Default 5e-4.</summary>
    public double HullTolerance { get; init; } = 5e-4;

    /// <summary>For a program: what backprop selects. Default <see cref="Selection.Default"/>.</summary>
    public Selection Selection { get; init; } = Selection.Default;

    /// <summary>For a program: names of the inputs. Default none, which means every real input.</summary>
    public IReadOnlyList<string> WithRespectTo { get; init; } = [];

    /// <summary>How long the check may take, and what calls it off; looked at between evaluations of the function. Default no limit.</summary>
    public TimeBudget Time { get; init; } = TimeBudget.None;
}
