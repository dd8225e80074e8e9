using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>An elementwise function of two variables: one struct that carries its rules.</summary>
/// <remarks>Name and value suffice: slopes, ties, keys, range and price follow from reading the value once (<see cref="Recording"/>).</remarks>
public interface IBinary
{
    /// <summary>The function's name.</summary>
    string Name { get; }

    /// <summary>Attributes as a listing prints them.</summary>
    string Attributes => "";

    /// <summary>What the rule says of itself that reading it would not tell, or would tell too cautiously; null where nothing. Default null.</summary>
    FunctionFacts? Facts => null;

    /// <summary>The value.</summary>
    T Value<T>(T a, T b)
        where T : IScalar<T>;

    /// <summary>The partial derivatives at (a, b), where <paramref name="y"/> is the value. By default the chain rule over the operations of the value.</summary>
    (T A, T B) Slopes<T>(T a, T b, T y, Selection selection)
        where T : IScalar<T>
    {
        var recording = Recording.Of(2, x => Value(x[0], x[1]));
        return (recording.Slope([a, b], 0, selection), recording.Slope([a, b], 1, selection));
    }
}
