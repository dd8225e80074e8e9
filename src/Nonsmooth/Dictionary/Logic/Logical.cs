using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>Two masks of one shape combined, element by element.</summary>
/// <param name="Operation">How they are combined.</param>
public sealed record Logical(LogicalOperation Operation) : DiscreteFunction
{
    /// <inheritdoc/>
    public override string Name => Operation == LogicalOperation.And ? "logical_and" : "logical_or";

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with { Saves = Saved.Arguments };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Arity(arguments, 2);
        var a = Check.Kind(arguments, 0, ElementKind.Boolean);
        var b = Check.Kind(arguments, 1, ElementKind.Boolean);
        return a.Equals(b)
            ? [arguments[0]]
            : throw new ShapeException($"{Name} takes two masks of one shape, given {a} and {b}");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var (a, b) = ((Tensor<bool>)arguments[0], (Tensor<bool>)arguments[1]);
        var mask = new Tensor<bool>(a.Shape);
        bool and = Operation == LogicalOperation.And;
        for (int i = 0; i < a.Elements.Length; i++)
        {
            mask[i] = and ? a[i] && b[i] : a[i] || b[i];
        }

        return [mask];
    }

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) => OperationCount.Zero;
}

public static partial class Functions
{
    /// <summary>The mask of where both hold. Arguments are broadcast to one shape.</summary>
    public static Variable And(Variable a, Variable b) => Broadcasting.Apply(new Logical(LogicalOperation.And), a, b);

    /// <summary>The mask of where at least one holds. Arguments are broadcast to one shape.</summary>
    public static Variable Or(Variable a, Variable b) => Broadcasting.Apply(new Logical(LogicalOperation.Or), a, b);
}
