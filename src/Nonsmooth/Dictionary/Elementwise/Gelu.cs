using System.Globalization;
using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>x·Φ(x), Φ the normal distribution function: by erf, or by the usual tanh approximation.</summary>
/// <param name="Approximate">Whether Φ is approximated by tanh.</param>
public readonly record struct Gelu(bool Approximate) : IGradientRule
{
    private const double _rootHalf = 0.70710678118654752440;
    private const double _rootPi = 1.7724538509055160273;
    private const double _scale = 0.79788456080286535588;
    private const double _cubic = 0.044715;

    /// <inheritdoc/>
    public string Name => "gelu";

    /// <inheritdoc/>
    public string Attributes => string.Create(CultureInfo.InvariantCulture, $"{(Approximate ? "tanh" : "exact")}");

    /// <inheritdoc/>
    public bool FromValue => false;

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => x * Phi(x);

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T>
    {
        if (!Approximate)
        {
            return Phi(x) + (x * (T.FromDouble(_rootHalf / _rootPi) * T.Exp(T.FromDouble(-0.5) * (x * x))));
        }

        // With s the logistic function of 2u, the slope of s is s·(1 − s)·2u', and 1 − s is the logistic function of −2u.
        var u = Inner(x);
        var slope = T.FromDouble(2 * _scale) * (T.FromDouble(1) + (T.FromDouble(3 * _cubic) * (x * x)));
        return T.Sigmoid(u) * (T.FromDouble(1) + (x * slope * T.Sigmoid(-u)));
    }

    // Neither form is 1 + something near −1, so that both keep their accuracy in the left tail.
    private T Phi<T>(T x)
        where T : IScalar<T> => Approximate
            ? T.Sigmoid(Inner(x))
            : T.FromDouble(0.5) * T.Erfc(T.FromDouble(-_rootHalf) * x);

    // ½(1 + tanh u) is the logistic function of 2u.
    private static T Inner<T>(T x)
        where T : IScalar<T> => T.FromDouble(2 * _scale) * (x + (T.FromDouble(_cubic) * (x * x * x)));
}

public static partial class Functions
{
    /// <summary>x·Φ(x), Φ the normal distribution function: by erf, or by the usual tanh approximation.</summary>
    public static Variable Gelu(Variable x, bool approximate = false) => x.Builder.Apply(new Unary<Gelu>(new(approximate)), x);
}
