using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>log(1 + eˣ), computed as max(x, 0) + log1p(e^(−|x|)): no overflow.</summary>
public readonly record struct Softplus : IUnary
{
    /// <inheritdoc/>
    public string Name => "softplus";

    /// <summary>Smooth, though a maximum and an absolute value compute it: their kinks cancel.</summary>
    public FunctionFacts? Facts => FunctionFacts.Smooth;

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => T.Max(x, T.FromDouble(0)) + T.LogP1(T.Exp(-T.Abs(x)));

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T> => T.Sigmoid(x);
}

public static partial class Functions
{
    /// <summary>log(1 + eˣ), computed as max(x, 0) + log1p(e^(−|x|)): no overflow.</summary>
    public static Variable Softplus(Variable x) => x.Builder.Apply(new Unary<Softplus>(default(Softplus)), x);
}
