using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Dictionary;

/// <summary>(1 − b)·a + log(1 + e⁻ᵃ): the binary cross-entropy of a logit a and a target b in [0, 1].</summary>
/// <remarks>Its slopes are σ(a) − b and −a: neither they nor the value cancel where the other would.</remarks>
public readonly record struct LogisticLoss : IBinary
{
    /// <inheritdoc/>
    public string Name => "logistic_loss";

    /// <summary>Smooth: the kinks of the softplus cancel.</summary>
    public FunctionFacts? Facts => FunctionFacts.Smooth;

    /// <inheritdoc/>
    public T Value<T>(T a, T b)
        where T : IScalar<T> => ((T.FromDouble(1) - b) * a) + default(Softplus).Value(-a);

    /// <inheritdoc/>
    public (T A, T B) Slopes<T>(T a, T b, T y, Selection selection)
        where T : IScalar<T> => (T.Sigmoid(a) - b, -a);
}

public static partial class Functions
{
    /// <summary>(1 − b)·a + log(1 + e⁻ᵃ): the binary cross-entropy of a logit a and a target b. Arguments are broadcast to one shape.</summary>
    public static Variable LogisticLoss(Variable a, Variable b) => Broadcasting.Apply(new Binary<LogisticLoss>(default), a, b);
}
