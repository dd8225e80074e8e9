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
    public static KinkKind Of(ElementaryFunction function) => function.Kinks switch
    {
        KinkStructure.Extremum { Largest: var largest } => largest ? KinkKind.Maximum : KinkKind.Minimum,
        KinkStructure.Length => KinkKind.Norm,
        KinkStructure.Points when function is IUnaryFunction && Points(function).Count > 0 => KinkKind.Point,
        _ => KinkKind.Smooth,
    };

    /// <summary>The kinks of a function of one variable at which its slopes differ.</summary>
    public static IReadOnlyList<Kink> Points(ElementaryFunction function) =>
        [.. function.KinkPoints(Selection.Middle).Where(k => k.Left != k.Right)];
}
