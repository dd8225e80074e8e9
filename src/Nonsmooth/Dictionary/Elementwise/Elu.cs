using System.Globalization;
using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>x above 0, α(eˣ − 1) below.</summary>
/// <param name="Alpha">The factor α.</param>
/// <remarks>Kink at 0 unless α = 1, Clarke's interval between α and 1; libtorch selects α. The slope below is αe^min(x, 0), which keeps its accuracy in the tail
/// and, in a branch that is not taken, does not overflow.</remarks>
public readonly record struct Elu(double Alpha) : IUnary
{
    /// <inheritdoc/>
    public string Name => "elu";

    /// <inheritdoc/>
    public string Attributes => string.Create(CultureInfo.InvariantCulture, $"alpha={Alpha}");

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.Branch(x, 0, T.FromDouble(Alpha) * T.ExpM1(x), T.FromDouble(0), x);

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T> => T.Branch(
            x, 0, T.FromDouble(Alpha) * T.Exp(T.Branch(x, 0, x, T.FromDouble(0), T.FromDouble(0))), T.FromDouble(selection.EluAtZero.Resolve(Alpha, 1)), T.FromDouble(1));

    /// <inheritdoc/>
    public IReadOnlyList<Kink>? Kinks(Selection selection) => [new(0, Alpha, 1, selection.EluAtZero.Resolve(Alpha, 1))];
}

public static partial class Functions
{
    /// <summary>x above 0, α(eˣ − 1) below.</summary>
    public static Variable Elu(Variable x, double alpha = 1) => x.Builder.Apply(new Unary<Elu>(new(alpha)), x);
}
