using Nonsmooth.Arithmetic;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>Which share of a window's maximum each of its elements has, under a tie rule.</summary>
/// <remarks>
/// The comparisons that found the maximum told which elements tie, so the shares are free. A window is then
/// weighted densely, untied elements with 0: the derivative of a maximum costs the same whatever the ties
/// and the rule (complexity specification, 2.3, dense one-hot).
/// </remarks>
internal static class WindowShares
{
    /// <summary>Checks the arguments x, index and a third of the shape of the maxima or of x.</summary>
    public static Shape Infer(MaxPool2d pool, IReadOnlyList<TensorType> arguments, bool spread)
    {
        Check.Arity(arguments, 3);
        Check.Kind(arguments, 0, ElementKind.Real);
        Check.Kind(arguments, 1, ElementKind.Index);
        Check.Kind(arguments, 2, ElementKind.Real);
        var x = Check.Rank(arguments, 0, 4);
        var y = pool.Windows(x).Output(x);
        var (given, result) = spread ? (y, x) : (x, y);
        return !arguments[1].Shape.Equals(y) ? throw new ShapeException($"argument 1, the index, is {arguments[1].Shape}: the maxima of {x} have {y}")
            : !arguments[2].Shape.Equals(given) ? throw new ShapeException($"argument 2 is {arguments[2].Shape}: for an input of {x} it must be {given}")
            : result;
    }

    public static void Find<T>(TieRule rule, ReadOnlySpan<T> elements, ReadOnlySpan<int> places, long index, Span<double> shares)
        where T : struct, INumeric<T>
    {
        int tied = 0;
        if (!rule.Equals(TieRule.First) && !T.IsNaN(elements[(int)index]))
        {
            foreach (int place in places)
            {
                tied += Ties(elements, place, index) ? 1 : 0;
            }
        }

        int rank = 0;
        for (int i = 0; i < places.Length; i++)
        {
            shares[i] = tied == 0 ? places[i] == index ? 1 : 0
                : Ties(elements, places[i], index) ? rule.Weight(tied, rank++)
                : 0;
        }
    }

    /// <summary>share · direction, 0 for a share of 0 even where the direction is infinite or NaN.</summary>
    public static T Times<T>(double share, T direction)
        where T : struct, INumeric<T>
    {
        // A number found at run time by comparisons already made, not a constant of the program.
        var factor = T.Greater(T.FromDouble(0), T.FromDouble(0), share);
        var product = factor * direction;
        return share == 0 ? factor : product;
    }

    private static bool Ties<T>(ReadOnlySpan<T> elements, int place, long index)
        where T : struct, INumeric<T>
    {
        if (place == index)
        {
            return true;
        }

        var (element, top) = T.Ordered(elements[place], elements[(int)index]);
        return element == top;
    }
}
