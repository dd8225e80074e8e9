using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>x · min(max(x + 3, 0), 6)/6.</summary>
/// <remarks>Kinks at −3, Clarke's interval [−½, 0], and 3, [1, 3/2]; libtorch selects 0 and 1.</remarks>
public readonly record struct Hardswish : IUnary
{
    /// <inheritdoc/>
    public string Name => "hardswish";

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => x * T.Min(T.Max(x + T.FromDouble(3), T.FromDouble(0)), T.FromDouble(6)) * T.FromDouble(1.0 / 6);

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T> => T.Branch(
            x,
            -3,
            T.FromDouble(0),
            T.FromDouble(selection.HardswishAtBounds.Resolve(0, -0.5)),
            T.Branch(
                x,
                3,
                (T.FromDouble(1.0 / 3) * x) + T.FromDouble(0.5),
                T.FromDouble(selection.HardswishAtBounds.Resolve(1.5, 1)),
                T.FromDouble(1)));

    /// <inheritdoc/>
    public IReadOnlyList<Kink>? Kinks(Selection selection) => 
    [
        new(-3, 0, -0.5, selection.HardswishAtBounds.Resolve(0, -0.5)),
        new(3, 1.5, 1, selection.HardswishAtBounds.Resolve(1.5, 1)),
    ];
}

public static partial class Functions
{
    /// <summary>x · min(max(x + 3, 0), 6)/6.</summary>
    public static Variable Hardswish(Variable x) => x.Builder.Apply(new Unary<Hardswish>(default), x);
}
