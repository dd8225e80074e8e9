using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>Inverse hyperbolic cosine: NaN below 1.</summary>
/// <remarks>Not Lipschitz at 1, where the slope is infinite.</remarks>
public readonly record struct Acosh : IGradientRule
{
    /// <inheritdoc/>
    public string Name => "acosh";

    /// <summary>Smooth: the branches of its value are one function.</summary>
    public FunctionFacts? Facts => FunctionFacts.Smooth;

    /// <inheritdoc/>
    public bool FromValue => false;

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T>
    {
        var one = T.FromDouble(1);
        var t = x - one;
        var u = T.Inverse(x);
        var far = T.Log(x) + T.Log(one + T.Sqrt((one - u) * (one + u)));
        var near = T.LogP1(t + T.Sqrt(t * (t + T.FromDouble(2))));
        return T.Branch(x, 2, near, near, far);
    }

    /// <inheritdoc/>
    public T Slope<T>(T x, T y, Selection selection)
        where T : IScalar<T> => T.Rsqrt((x - T.FromDouble(1)) * (x + T.FromDouble(1)));
}

public static partial class Functions
{
    /// <summary>Inverse hyperbolic cosine: NaN below 1.</summary>
    public static Variable Acosh(Variable x) => x.Builder.Apply(new Unary<Acosh>(default), x);
}
