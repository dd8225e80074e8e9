using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>x·tanh(log(1 + eˣ)).</summary>
public readonly record struct Mish : IGradientRule
{
    /// <inheritdoc/>
    public string Name => "mish";

    /// <summary>Smooth: the branches of its value are one function.</summary>
    public FunctionFacts? Facts => FunctionFacts.Smooth;

    /// <inheritdoc/>
    public bool FromValue => false;

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => x * Parts(x).Gate;

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T>
    {
        var (gate, more) = Parts(x);
        return gate + (x * more);
    }

    // tanh of the softplus as a quotient of polynomials in e^(−|x|), and its slope: neither overflows nor cancels. Each side sees 0 beyond its own.
    private static (T Gate, T Slope) Parts<T>(T x)
        where T : IScalar<T>
    {
        var (zero, one, two, four) = (T.FromDouble(0), T.FromDouble(1), T.FromDouble(2), T.FromDouble(4));
        var e = T.Exp(T.Branch(x, 0, x, x, zero));
        var i = T.Exp(-T.Branch(x, 0, zero, zero, x));
        var left = (e * e) + (two * e) + two;
        var right = one + (two * i) + (two * i * i);
        var (below, above) = (e * (e + two) / left, (one + (two * i)) / right);
        var slopeBelow = four * e * (one + e) / (left * left);
        return (T.Branch(x, 0, below, below, above), T.Branch(x, 0, slopeBelow, slopeBelow, four * i * i * (one + i) / (right * right)));
    }
}

public static partial class Functions
{
    /// <summary>x·tanh(log(1 + eˣ)).</summary>
    public static Variable Mish(Variable x) => x.Builder.Apply(new Unary<Mish>(default), x);
}
