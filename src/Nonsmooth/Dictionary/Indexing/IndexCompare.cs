using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The mask of where two tensors of indices of one shape compare in a given way.</summary>
/// <param name="Comparison">How they are compared.</param>
/// <remarks>Of <see cref="Compare"/> it differs in that nothing jumps: indices do not depend on reals continuously.</remarks>
public sealed record IndexCompare(Comparison Comparison) : DiscreteFunction, IBindable
{
    /// <inheritdoc/>
    public override string Name => $"index_{new Compare(Comparison).Name}";

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with { Saves = Saved.Nothing, IsPiecewiseLinear = static _ => true };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Arity(arguments, 2);
        var a = Check.Kind(arguments, 0, ElementKind.Index);
        var b = Check.Kind(arguments, 1, ElementKind.Index);
        return a.Equals(b)
            ? [TensorType.Boolean(a)]
            : throw new ShapeException($"{Name} takes two tensors of indices of one shape, given {a} and {b}");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) => BoundEvaluation.Once<T>(this, arguments);

    /// <inheritdoc/>
    public Action Bind<T>(IReadOnlyList<Tensor> arguments, IReadOnlyList<Tensor> results)
        where T : struct, INumeric<T>
    {
        var (a, b, y) = ((Tensor<long>)arguments[0], (Tensor<long>)arguments[1], (Tensor<bool>)results[0]);
        return () =>
        {
            for (int i = 0; i < y.Elements.Length; i++)
            {
                y[i] = Comparison switch
                {
                    Comparison.Less => a[i] < b[i],
                    Comparison.LessEqual => a[i] <= b[i],
                    Comparison.Equal => a[i] == b[i],
                    Comparison.NotEqual => a[i] != b[i],
                    Comparison.Greater => a[i] > b[i],
                    _ => a[i] >= b[i],
                };
            }
        };
    }

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) => OperationCount.Zero;
}
