using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>a − b·trunc(a/b): what is left of a, with the sign of a.</summary>
/// <remarks>Jumps where a/b is an integer; the slope in b is −trunc(a/b). The quotient is rounded: where it is large, the result errs by about |a| units of rounding, and it may be b where it should be 0.</remarks>
public readonly record struct Fmod : IBinary
{
    /// <inheritdoc/>
    public string Name => "fmod";

    /// <summary>Where it jumps.</summary>
    public FunctionFacts? Facts => new()
    {
        Kinks = new KinkStructure.Jump("jumps where a/b is an integer", static x => x[0].Elements.Zip(x[1].Elements).Any(static p => Math.Round(p.First / p.Second) == p.First / p.Second)),
    };

    /// <inheritdoc/>
    public T Value<T>(T a, T b)
        where T : IScalar<T>
    {
        var whole = default(Trunc).Value(a / b);
        var rest = a - (whole * b);
        return T.Branch(whole, 0, rest, a, rest);
    }

    /// <inheritdoc/>
    public (T A, T B) Slopes<T>(T a, T b, T y, Selection selection)
        where T : IScalar<T> => (T.FromDouble(1), -default(Trunc).Value(a / b));
}

public static partial class Functions
{
    /// <summary>a − b·trunc(a/b): what is left of a, with the sign of a. Arguments are broadcast to one shape.</summary>
    public static Variable Fmod(Variable a, Variable b) => Broadcasting.Apply(new Binary<Fmod>(default), a, b);
}
