using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>A mask turned around.</summary>
public sealed record LogicalNot : DiscreteFunction
{
    /// <inheritdoc/>
    public override string Name => "logical_not";

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with { Saves = Saved.Arguments };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Arity(arguments, 1);
        return [TensorType.Boolean(Check.Kind(arguments, 0, ElementKind.Boolean))];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var a = (Tensor<bool>)arguments[0];
        var mask = new Tensor<bool>(a.Shape);
        for (int i = 0; i < a.Elements.Length; i++)
        {
            mask[i] = !a[i];
        }

        return [mask];
    }

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) => OperationCount.Zero;
}

public static partial class Functions
{
    /// <summary>The mask of where <paramref name="mask"/> does not hold.</summary>
    public static Variable Not(Variable mask) => mask.Builder.Apply(new LogicalNot(), mask);
}
