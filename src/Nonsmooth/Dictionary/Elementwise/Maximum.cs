using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>The larger of a and b; NaN when either is.</summary>
/// <remarks>Kink where a = b, Clarke's set the segment from (1, 0) to (0, 1); libtorch selects ½ and ½.</remarks>
public readonly record struct Maximum : IBinary
{
    /// <inheritdoc/>
    public string Name => "maximum";

    /// <inheritdoc/>
    public T Value<T>(T a, T b)
        where T : IScalar<T> => T.Max(a, b);

    /// <inheritdoc/>
    public (T A, T B) Slopes<T>(T a, T b, T y, Selection selection)
        where T : IScalar<T> => (
            T.Greater(a, b, selection.MaximumTies.Weight(2, 0)),
            T.Greater(b, a, selection.MaximumTies.Weight(2, 1)));
}

public static partial class Functions
{
    /// <summary>The larger of a and b; NaN when either is. Arguments are broadcast to one shape.</summary>
    public static Variable Maximum(Variable a, Variable b) => Broadcasting.Apply(new Binary<Maximum>(default), a, b);
}
