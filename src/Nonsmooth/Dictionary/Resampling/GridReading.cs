using Nonsmooth.Arithmetic;

namespace Nonsmooth.Dictionary;

/// <summary>How coordinates read a tensor: what sampling and its transpose share.</summary>
/// <param name="Mode">How it is read between elements.</param>
/// <param name="Padding">What it is outside.</param>
/// <param name="AlignCorners">Whether ±1 are the middles of the outermost elements; else their outer edges.</param>
public readonly record struct GridReading(GridMode Mode, GridPadding Padding, bool AlignCorners)
{
    private const double _cubic = -0.75;

    /// <summary>Elements read on one axis.</summary>
    internal int Taps => Mode switch
    {
        GridMode.Linear => 2,
        GridMode.Nearest => 1,
        _ => 4,
    };

    /// <summary>As in <c>linear, zeros, aligned</c>.</summary>
    public override string ToString() => $"{Mode.ToString().ToLowerInvariant()}, {Padding.ToString().ToLowerInvariant()}{(AlignCorners ? ", aligned" : "")}";

    /// <summary>Places and weights on one axis: of the reading itself, or of its derivative of some order in the coordinate.</summary>
    /// <param name="coordinate">−1 to 1 along the axis.</param>
    /// <param name="size">The axis's size.</param>
    /// <param name="order">The order of the derivative.</param>
    /// <param name="places">Filled with the elements read, −1 for one outside.</param>
    /// <param name="weights">Filled with their weights.</param>
    internal void Find<T>(T coordinate, int size, int order, Span<int> places, Span<T> weights)
        where T : struct, INumeric<T>
    {
        double scale = AlignCorners ? (size - 1) / 2.0 : size / 2.0;
        var shifted = coordinate + T.FromDouble(1);
        var at = AlignCorners
            ? shifted / T.FromDouble(2) * T.FromDouble(size - 1)
            : ((shifted * T.FromDouble(size)) - T.FromDouble(1)) / T.FromDouble(2);
        double slope = Mode == GridMode.Cubic ? 1 : Padded(ref at, size);
        if (Mode == GridMode.Nearest)
        {
            var nearest = T.Round(at);
            places[0] = Inside(T.ToDouble(nearest), size);
            weights[0] = Comparisons.Decided(nearest, order == 0 ? 1 : 0);
            return;
        }

        var cell = T.Floor(at);
        var within = at - cell;
        double first = T.ToDouble(cell) - (Mode == GridMode.Cubic ? 1 : 0);
        for (int tap = 0; tap < Taps; tap++)
        {
            places[tap] = Mode == GridMode.Cubic ? Folded(first + tap, size) : Inside(first + tap, size);
        }

        if (Mode == GridMode.Linear)
        {
            Linear(within, order, slope * scale, weights);
        }
        else
        {
            Cubic(within, order, scale, weights);
        }
    }

    /// <summary>What <see cref="Find{T}"/> counts.</summary>
    internal OperationCount Count(int order)
    {
        var count = OperationCount.Of(ScalarOperation.AddConstant, AlignCorners ? 1 : 2)
            + OperationCount.Of(ScalarOperation.MultiplyConstant, 2) + OperationCount.Of(ScalarOperation.Round, 1);
        if (Mode != GridMode.Cubic)
        {
            count += OperationCount.Of(ScalarOperation.Compare, Padding == GridPadding.Zeros ? 0 : 2);
            count += Padding == GridPadding.Reflection
                ? OperationCount.Of(ScalarOperation.Multiply, 1) + OperationCount.Of(ScalarOperation.Add, 1)
                : OperationCount.Zero;
        }

        return count + Mode switch
        {
            GridMode.Nearest => OperationCount.Zero,
            GridMode.Linear => OperationCount.Of(ScalarOperation.Add, 1) + OperationCount.Of(ScalarOperation.AddConstant, order == 0 ? 1 : 0),
            _ => OperationCount.Of(ScalarOperation.Add, 1) + (4 * Polynomial(order)),
        };
    }

    /// <summary>Whether it is on the edge of a cell, or of what it is folded at: where it kinks, or jumps.</summary>
    internal bool IsOnEdge(double coordinate, int size)
    {
        double at = AlignCorners ? (coordinate + 1) / 2 * (size - 1) : (((coordinate + 1) * size) - 1) / 2;
        double edge = Mode == GridMode.Nearest ? at - 0.5 : at;
        return !double.IsFinite(at) || Math.Abs(edge - Math.Round(edge)) < 1e-9
            || (Padding == GridPadding.Reflection && !AlignCorners && Math.Abs(at + 0.5 - Math.Round(at + 0.5)) < 1e-9);
    }

    private static OperationCount Polynomial(int order) => order switch
    {
        < 3 => OperationCount.Of(ScalarOperation.MultiplyConstant, order == 0 ? 1 : 2) + OperationCount.Of(ScalarOperation.Multiply, 2 - order)
            + OperationCount.Of(ScalarOperation.AddConstant, 3 - order),
        _ => OperationCount.Of(ScalarOperation.MultiplyConstant, 1),
    };

    private static int Inside(double place, int size) => place >= 0 && place < size ? (int)place : -1;

    private static void Linear<T>(T within, int order, double slope, Span<T> weights)
        where T : struct, INumeric<T>
    {
        if (order == 0)
        {
            (weights[0], weights[1]) = (T.FromDouble(1) - within, within);
            return;
        }

        double weight = order == 1 ? slope : 0;
        (weights[0], weights[1]) = (Comparisons.Decided(within, -weight), Comparisons.Decided(within, weight));
    }

    // Each weight is a polynomial of the place in the cell.
    private static void Cubic<T>(T within, int order, double scale, Span<T> weights)
        where T : struct, INumeric<T>
    {
        const double A = _cubic;
        ReadOnlySpan<double> all = [0, A, -2 * A, A, 1, 0, -(A + 3), A + 2, 0, -A, (2 * A) + 3, -(A + 2), 0, 0, A, -A];
        Span<double> terms = stackalloc double[4];
        for (int tap = 0; tap < 4; tap++)
        {
            all.Slice(4 * tap, 4).CopyTo(terms);
            int degree = 3;
            for (int k = 0; k < order; k++, degree--)
            {
                for (int i = 0; i < 4; i++)
                {
                    terms[i] = i < 3 ? (i + 1) * terms[i + 1] : 0;
                }
            }

            var weight = degree > 0 ? T.FromDouble(terms[degree]) : Comparisons.Decided(within, terms[0]);
            for (int i = degree - 1; i >= 0; i--)
            {
                weight = (weight * within) + T.FromDouble(terms[i]);
            }

            weights[tap] = order == 0 ? weight : weight * T.FromDouble(Math.Pow(scale, order));
        }
    }

    /// <summary>Brings a coordinate back inside; returns the slope of that.</summary>
    private double Padded<T>(ref T at, int size)
        where T : struct, INumeric<T>
    {
        if (Padding == GridPadding.Zeros)
        {
            return 1;
        }

        double slope = 1;
        if (Padding == GridPadding.Reflection)
        {
            double least = AlignCorners ? 0 : -0.5;
            double span = AlignCorners ? size - 1 : size;
            double from = T.ToDouble(at) - least;
            double turns = span == 0 ? 0 : Math.Floor(Math.Abs(from) / span);
            bool back = turns % 2 != 0;
            slope = span == 0 ? 0 : (from < 0) != back ? -1 : 1;
            double offset = span == 0 ? 0 : back ? least + ((turns + 1) * span) : least - (turns * span);
            offset -= slope * least;
            at = (at * Comparisons.Decided(at, slope)) + Comparisons.Decided(at, offset);
        }

        double place = T.ToDouble(at);
        at = T.Min(T.Max(at, T.FromDouble(0)), T.FromDouble(size - 1));
        return place <= 0 || place >= size - 1 ? 0 : slope;
    }

    // Cubic kernels read elements outside, each where it is folded to.
    private int Folded(double place, int size)
    {
        if (Padding == GridPadding.Zeros || !double.IsFinite(place))
        {
            return Inside(place, size);
        }

        if (Padding == GridPadding.Border)
        {
            return (int)Math.Clamp(place, 0, size - 1);
        }

        double period = AlignCorners ? 2.0 * (size - 1) : 2.0 * size;
        if (period == 0)
        {
            return 0;
        }

        double folded = place - (period * Math.Floor(place / period));
        return (int)(folded < size ? folded : AlignCorners ? period - folded : period - 1 - folded);
    }
}
