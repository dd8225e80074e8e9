using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>An elementwise function of one variable: one struct that carries its rules.</summary>
/// <remarks>
/// Name and value suffice: slope, kinks, keys, range, price and what backward keeps follow from reading the value once
/// (<see cref="Recording"/>). A slope of its own may share work with the value or be more accurate.
/// </remarks>
public interface IUnary
{
    /// <summary>The function's name.</summary>
    string Name { get; }

    /// <summary>Attributes as a listing prints them.</summary>
    string Attributes => "";

    /// <summary>What the rule says of itself that reading it would not tell, or would tell too cautiously; null where nothing. Default null.</summary>
    FunctionFacts? Facts => null;

    /// <summary>The value; every branch is evaluated, so that the count does not depend on the data.</summary>
    T Value<T>(T x)
        where T : IScalar<T>;

    /// <summary>The derivative at x, where <paramref name="y"/> is the value. By default the chain rule over the operations of the value.</summary>
    T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T> => Recording.Of(1, a => Value(a[0])).Slope([x], 0, selection);

    /// <summary>Value and derivative together, sharing work: the derived program of the unit model.</summary>
    (T Value, T Slope) Derive<T>(T x, Selection selection)
        where T : IScalar<T>
    {
        var y = Value(x);
        return (y, Slope(x, y, selection));
    }

    /// <summary>The kinks, with the slope a selection takes there; null to have them read from the value. Default null.</summary>
    IReadOnlyList<Kink>? Kinks(Selection selection) => null;
}

/// <summary>A piecewise linear function of one variable: its slopes are its derivative rules.</summary>
public interface IPiecewiseLinear : IUnary
{
    /// <summary>The slopes, those selected at the kinks included.</summary>
    Pieces Pieces(Selection selection);

    /// <summary>Whether the slopes at the value are those at the argument. Default false.</summary>
    /// <remarks>
    /// Backprop then reads the value, which the next layer mostly keeps anyway, and the argument need not be kept. It
    /// depends on the selection, since the value often cannot tell a kink from a flat side; the count does not.
    /// </remarks>
    bool SlopesFromValue(Selection selection) => false;

    T IUnary.Slope<T>(T x, T y, Selection selection) => T.Slope(x, Pieces(selection));

    IReadOnlyList<Kink>? IUnary.Kinks(Selection selection)
    {
        var p = Pieces(selection);
        var kinks = new List<Kink>();
        if (double.IsFinite(p.First))
        {
            kinks.Add(new Kink(p.First, p.Below, p.Between, p.AtFirst));
        }

        if (p.HasSecond)
        {
            kinks.Add(new Kink(p.Second, p.Between, p.Above, p.AtSecond));
        }

        return kinks;
    }
}
