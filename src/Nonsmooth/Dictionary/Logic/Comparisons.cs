using Nonsmooth.Arithmetic;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>Comparisons whose outcome steers an evaluation: each is an operation on reals, and is counted as one.</summary>
internal static class Comparisons
{
    /// <summary>Makes (and counts) one comparison; its outcome may then be read off the numbers.</summary>
    public static void Make<T>(T left, T right)
        where T : struct, INumeric<T> => _ = T.Max(left, right);

    /// <summary>One comparison of the given kind.</summary>
    public static bool Holds<T>(Comparison comparison, T left, T right)
        where T : struct, INumeric<T>
    {
        Make(left, right);
        var (a, b) = T.Ordered(left, right);
        return comparison switch
        {
            Comparison.Less => a < b,
            Comparison.LessEqual => a <= b,
            Comparison.Equal => a == b,
            Comparison.NotEqual => a != b,
            Comparison.Greater => a > b,
            _ => a >= b,
        };
    }

    /// <summary>One comparison: whether an element attains an extremum. NaN attains NaN.</summary>
    public static bool Attains<T>(T element, T extremum)
        where T : struct, INumeric<T>
    {
        Make(element, extremum);
        var (x, y) = T.Ordered(element, extremum);
        return x == y || (double.IsNaN(x) && double.IsNaN(y));
    }

    /// <summary>Whether two tensors agree somewhere.</summary>
    public static bool AnyTie(Tensor<double> left, Tensor<double> right) => left.Elements.Zip(right.Elements, (a, b) => a == b).Any(tie => tie);

    /// <summary>A number that comparisons of <paramref name="by"/> have selected: not a constant of the program.</summary>
    public static T Decided<T>(T by, double value)
        where T : struct, INumeric<T> => T.Slope(by, Pieces.Constant(value));

    /// <summary>A product of which only the NaN of 0 · ∞ is not wanted; it is made, and counted, either way.</summary>
    public static T Weighted<T>(T weight, T value)
        where T : struct, INumeric<T> => T.UnlessZero(weight, weight * value);
}
