using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>Two tensors of indices of one shape combined, element by element, in 64 bits that wrap around.</summary>
/// <param name="Operation">How they are combined.</param>
public sealed record IndexArithmetic(IndexOperation Operation) : DiscreteFunction, IBindable
{
    /// <inheritdoc/>
    public override string Name => Operation switch
    {
        IndexOperation.Add => "index_add",
        IndexOperation.Subtract => "index_sub",
        IndexOperation.Multiply => "index_mul",
        IndexOperation.FloorDivide => "index_floor_divide",
        _ => "index_remainder",
    };

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with { Saves = Saved.Nothing, IsPiecewiseLinear = static _ => true };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Arity(arguments, 2);
        var a = Check.Kind(arguments, 0, ElementKind.Index);
        var b = Check.Kind(arguments, 1, ElementKind.Index);
        return a.Equals(b)
            ? [arguments[0]]
            : throw new ShapeException($"{Name} takes two tensors of indices of one shape, given {a} and {b}");
    }

    /// <inheritdoc/>
    /// <exception cref="NonsmoothException">A divisor is 0; the message names the element.</exception>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) => BoundEvaluation.Once<T>(this, arguments);

    /// <inheritdoc/>
    public Action Bind<T>(IReadOnlyList<Tensor> arguments, IReadOnlyList<Tensor> results)
        where T : struct, INumeric<T>
    {
        var (a, b, y) = ((Tensor<long>)arguments[0], (Tensor<long>)arguments[1], (Tensor<long>)results[0]);
        bool divides = Operation is IndexOperation.FloorDivide or IndexOperation.Remainder;
        return () =>
        {
            int zero = divides ? Array.IndexOf(b.Elements, 0) : -1;
            if (zero >= 0)
            {
                throw new NonsmoothException($"{Name}: element {zero} of the divisor is 0");
            }

            for (int i = 0; i < y.Elements.Length; i++)
            {
                y[i] = Of(a[i], b[i]);
            }
        };
    }

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) => OperationCount.Zero;

    private long Of(long a, long b)
    {
        // The one quotient that does not fit wraps around like the rest, and its remainder is 0.
        long quotient = b == -1 ? unchecked(-a) : b == 0 ? 0 : (a / b) - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
        return unchecked(Operation switch
        {
            IndexOperation.Add => a + b,
            IndexOperation.Subtract => a - b,
            IndexOperation.Multiply => a * b,
            IndexOperation.FloorDivide => quotient,
            _ => a - (b * quotient),
        });
    }
}

public static partial class Functions
{
    /// <summary>Two tensors of indices combined, broadcast to one shape.</summary>
    public static Variable Combine(IndexOperation operation, Variable a, Variable b) =>
        Broadcasting.Apply(new IndexArithmetic(operation), a, b);
}
