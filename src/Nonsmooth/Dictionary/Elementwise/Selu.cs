using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>λx above 0, λα(eˣ − 1) below, with the self-normalising λ and α.</summary>
/// <remarks>Kink at 0, Clarke's interval [1.0507, 1.7581]; libtorch selects the left slope.</remarks>
public readonly record struct Selu : IUnary
{
    private const double _alpha = 1.6732632423543772848;
    private const double _scale = 1.0507009873554804934;

    /// <inheritdoc/>
    public string Name => "selu";

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.Branch(x, 0, T.FromDouble(_scale * _alpha) * T.ExpM1(x), T.FromDouble(0), T.FromDouble(_scale) * x);

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T> => T.Branch(
            x, 0, T.FromDouble(_scale * _alpha) * T.Exp(-T.Abs(x)), T.FromDouble(AtZero(selection)), T.FromDouble(_scale));

    /// <inheritdoc/>
    public IReadOnlyList<Kink>? Kinks(Selection selection) => [new(0, _scale * _alpha, _scale, AtZero(selection))];

    private static double AtZero(Selection selection) => selection.SeluAtZero.Resolve(_scale * _alpha, _scale);
}

public static partial class Functions
{
    /// <summary>λx above 0, λα(eˣ − 1) below, with the self-normalising λ and α.</summary>
    public static Variable Selu(Variable x) => x.Builder.Apply(new Unary<Selu>(default), x);
}
