using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>log(eᵃ + eᵇ), without overflow.</summary>
/// <remarks>Smooth: the kinks of the larger and of the distance cancel. At equal infinities the slopes are NaN.</remarks>
public readonly record struct LogAddExp : IBinary
{
    /// <inheritdoc/>
    public string Name => "logaddexp";

    /// <summary>Smooth: the kinks of the maximum and the absolute value cancel.</summary>
    public FunctionFacts? Facts => FunctionFacts.Smooth;

    /// <inheritdoc/>
    public T Value<T>(T a, T b)
        where T : IScalar<T>
    {
        var larger = T.Max(a, b);
        var sum = larger + T.LogP1(T.Exp(-T.Abs(a - b)));
        return T.Branch(larger, double.PositiveInfinity, T.Branch(larger, double.NegativeInfinity, larger, larger, sum), larger, larger);
    }

    /// <inheritdoc/>
    public (T A, T B) Slopes<T>(T a, T b, T y, Selection selection)
        where T : IScalar<T> => (T.Sigmoid(a - b), T.Sigmoid(b - a));
}

public static partial class Functions
{
    /// <summary>log(eᵃ + eᵇ), without overflow. Arguments are broadcast to one shape.</summary>
    public static Variable LogAddExp(Variable a, Variable b) => Broadcasting.Apply(new Binary<LogAddExp>(default), a, b);
}
