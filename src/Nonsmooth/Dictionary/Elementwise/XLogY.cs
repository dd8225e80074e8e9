using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>a·log b, 0 where a is 0, whatever b is but NaN.</summary>
/// <remarks>Smooth where b &gt; 0. As in libtorch the slope in a is 0 at a = 0 for b ≤ 0.</remarks>
public readonly record struct XLogY : IBinary
{
    /// <inheritdoc/>
    public string Name => "xlogy";

    /// <summary>Smooth inside its domain: the branch at 0 is a limit.</summary>
    public FunctionFacts? Facts => FunctionFacts.Smooth;

    /// <inheritdoc/>
    public T Value<T>(T a, T b)
        where T : IScalar<T>
    {
        var zero = T.FromDouble(0);
        var product = a * T.Log(b);
        return T.Branch(a, 0, product, T.Branch(b, double.PositiveInfinity, zero, zero, b), product);
    }

    /// <inheritdoc/>
    public (T A, T B) Slopes<T>(T a, T b, T y, Selection selection)
        where T : IScalar<T>
    {
        var inA = T.Log(b);
        var none = T.FromDouble(0);
        return (T.Branch(a, 0, inA, T.Branch(b, 0, none, none, inA), inA), a / b);
    }
}

public static partial class Functions
{
    /// <summary>a·log b, 0 where a is 0, whatever b is but NaN. Arguments are broadcast to one shape.</summary>
    public static Variable XLogY(Variable a, Variable b) => Broadcasting.Apply(new Binary<XLogY>(default), a, b);
}
