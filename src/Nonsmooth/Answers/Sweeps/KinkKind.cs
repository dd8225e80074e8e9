using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Answers;

/// <summary>The kinds of kinks that are left in a <see cref="KinkForm"/>.</summary>
internal enum KinkKind
{
    /// <summary>None.</summary>
    Smooth,

    /// <summary>Isolated kinks of a function of one variable.</summary>
    Point,

    /// <summary>The larger of two.</summary>
    Maximum,

    /// <summary>The smaller of two.</summary>
    Minimum,

    /// <summary>The 2-norm, at the zero vector.</summary>
    Norm,
}

/// <summary>Tells kinds apart.</summary>
internal static class KinkKinds
{
    /// <summary>Between the one-sided derivatives: no kink decides by being one side's.</summary>
    public static Selection Middle { get; } = new()
    {
        ReluAtZero = KinkRule.Midpoint,
        Relu6AtBounds = KinkRule.Midpoint,
        LeakyReluAtZero = KinkRule.Midpoint,
        EluAtZero = KinkRule.Midpoint,
        SeluAtZero = KinkRule.Midpoint,
        HardtanhAtBounds = KinkRule.Midpoint,
        HardsigmoidAtBounds = KinkRule.Midpoint,
        HardswishAtBounds = KinkRule.Midpoint,
        ClampAtBounds = KinkRule.Midpoint,
        AbsAtZero = KinkRule.Midpoint,
    };

    public static KinkKind Of(ElementaryFunction function) => function switch
    {
        Binary<Maximum> => KinkKind.Maximum,
        Binary<Minimum> => KinkKind.Minimum,
        Norm { Order: 2 } => KinkKind.Norm,
        IUnaryFunction when Points(function).Count > 0 => KinkKind.Point,
        _ => KinkKind.Smooth,
    };

    /// <summary>The kinks of a function of one variable at which its slopes differ.</summary>
    public static IReadOnlyList<Kink> Points(ElementaryFunction function) =>
        [.. function.KinkPoints(Middle).Where(k => k.Left != k.Right)];
}
