using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The axes in another order.</summary>
/// <param name="Permutation">Axis i of the result is axis <c>Permutation[i]</c> of the argument.</param>
public sealed record Transpose(IntVector Permutation) : LinearFunction
{
    /// <inheritdoc/>
    public override string Name => "transpose";

    /// <inheritdoc/>
    public override string Attributes => Permutation.ToString();

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => base.Facts! with
    {
        View = (_, strides) => [.. Permutation.Select(axis => strides[axis])],
    };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Arity(arguments, 1);
        var shape = arguments[0].Shape;
        return Permutation.Order().SequenceEqual(Enumerable.Range(0, shape.Rank))
            ? [arguments[0] with { Shape = new Shape([.. Permutation.Select(p => shape[p])]) }]
            : throw new ShapeException($"{Permutation} is not a permutation of the axes of {shape}");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var shape = arguments[0].Shape;
        var from = shape.Strides();
        var target = new Shape([.. Permutation.Select(p => shape[p])]);
        int[] strides = [.. Permutation.Select(p => from[p])];
        return [Positions.Gather<T>(arguments[0], target, Positions.Of(target, strides))];
    }

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) => OperationCount.Zero;

    /// <inheritdoc/>
    protected override Variable Adjoint(Derivation at, Variable cotangent)
    {
        var inverse = new int[Permutation.Count];
        for (int i = 0; i < inverse.Length; i++)
        {
            inverse[Permutation[i]] = i;
        }

        return at.Builder.Apply(new Transpose(inverse), cotangent);
    }
}

public static partial class VariableExtensions
{
    /// <summary>The axes in another order; without any given, the last two exchanged, where there are two.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="permutation">Axis i of the result is axis <c>permutation[i]</c>; −1 is the innermost.</param>
    /// <exception cref="ShapeException">They are not all axes, each once: the message names them.</exception>
    public static Variable Transpose(this Variable x, params int[] permutation)
    {
        if (permutation.Length == 0)
        {
            permutation = [.. Enumerable.Range(0, x.Shape.Rank)];
            if (permutation.Length < 2)
            {
                return x;
            }

            (permutation[^1], permutation[^2]) = (permutation[^2], permutation[^1]);
        }

        return x.Builder.Apply(new Transpose([.. permutation.Select(x.Shape.Axis)]), x);
    }
}
