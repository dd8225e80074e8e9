using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>Σ aᵢ·bᵢ of two vectors, added from left to right; 0 of empty ones.</summary>
public sealed record Dot : BilinearFunction, IMultiplyAdds
{
    /// <inheritdoc/>
    public override string Name => "dot";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Reals(arguments, 2);
        var (a, b) = (Check.Rank(arguments, 0, 1), Check.Rank(arguments, 1, 1));
        return a.Equals(b)
            ? [TensorType.Real(Shape.Scalar)]
            : throw new ShapeException($"dot takes two vectors of one length, given {a} and {b}");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var (a, b) = ((Tensor<T>)arguments[0], (Tensor<T>)arguments[1]);
        var sum = T.FromDouble(0);
        for (int i = 0; i < a.Elements.Length; i++)
        {
            var product = a[i] * b[i];
            sum = i == 0 ? product : sum + product;
        }

        return [new Tensor<T>(Shape.Scalar, [sum])];
    }

    /// <summary>n products and n − 1 additions.</summary>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) => Products.Count(1, arguments[0].Shape.Count64);

    /// <inheritdoc/>
    public long DenseMultiplyAdds(IReadOnlyList<TensorType> arguments) => arguments[0].Shape.Count64;

    /// <inheritdoc/>
    public long EffectiveMultiplyAdds(IReadOnlyList<TensorType> arguments) => DenseMultiplyAdds(arguments);

    /// <inheritdoc/>
    protected override Variable LeftAdjoint(Derivation at, Variable cotangent) => Functions.Multiply(cotangent, at.Arguments[1]);

    /// <inheritdoc/>
    protected override Variable RightAdjoint(Derivation at, Variable cotangent) => Functions.Multiply(cotangent, at.Arguments[0]);
}

public static partial class Functions
{
    /// <summary>Σ aᵢ·bᵢ of two vectors of one length.</summary>
    public static Variable Dot(Variable a, Variable b) => a.Builder.Apply(new Dot(), a, b);
}
