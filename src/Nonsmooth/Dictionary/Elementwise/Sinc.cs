using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>sin(πx)/(πx), 1 at 0.</summary>
public readonly record struct Sinc : IGradientRule
{
    /// <inheritdoc/>
    public string Name => "sinc";

    /// <summary>Smooth: the branches of its value are one function.</summary>
    public FunctionFacts? Facts => FunctionFacts.Smooth;

    // Coefficients of the slope's series, each by the one before: a difference would lose all digits near 0.
    private static readonly double[] _ratios = [10, 28, 54, 88, 130, 180, 238, 304];

    /// <inheritdoc/>
    public bool FromValue => false;

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T>
    {
        var p = T.FromDouble(Math.PI) * x;
        return T.Branch(x, 0, T.Sin(p) / p, T.FromDouble(1), T.Sin(p) / p);
    }

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T>
    {
        var p = T.FromDouble(Math.PI) * x;
        var square = p * p;
        var series = T.FromDouble(1);
        for (int i = _ratios.Length - 1; i >= 0; i--)
        {
            series = T.FromDouble(1) - (T.FromDouble(1 / _ratios[i]) * square * series);
        }

        var near = T.FromDouble(-Math.PI / 3) * p * series;
        var (one, size) = (T.FromDouble(1), T.Abs(p));
        var outer = T.Branch(size, 1, one, one, p);
        var far = T.FromDouble(Math.PI) * (T.Cos(outer) - (T.Sin(outer) / outer)) / outer;
        return T.Branch(size, 1, near, near, far);
    }
}

public static partial class Functions
{
    /// <summary>sin(πx)/(πx), 1 at 0.</summary>
    public static Variable Sinc(Variable x) => x.Builder.Apply(new Unary<Sinc>(default), x);
}
