using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>x·Wᵀ + b along the innermost axis: a layer of neurons.</summary>
/// <remarks>
/// Arguments x […, I], W [O, I] and, if there is one, b [O]. A neuron is <c>(((w₁x₁)+w₂x₂)+…)+b</c>,
/// the program of the complexity specification, 2.4.
/// </remarks>
public sealed record Linear : BilinearFunction, IMultiplyAdds
{
    /// <inheritdoc/>
    public override string Name => "linear";

    /// <inheritdoc/>
    protected override int BiasAxis => -1;

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => base.Facts! with { Saves = Saved.Argument };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Reals(arguments, arguments.Count == 3 ? 3 : 2);
        var (x, w) = (arguments[0].Shape, Check.Rank(arguments, 1, 2));
        if (x.Rank == 0 || x[^1] != w[1])
        {
            throw new ShapeException($"argument 1, the weight, is {w}: its last axis must be that of argument 0, {x}");
        }

        if (arguments.Count == 3 && !arguments[2].Shape.Equals(w[..1]))
        {
            throw new ShapeException($"argument 2, the bias, is {arguments[2].Shape}: the weight, {w}, takes one of {w[..1]}");
        }

        return [TensorType.Real(x[..^1].Concat(w[..1]))];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var (x, w) = ((Tensor<T>)arguments[0], (Tensor<T>)arguments[1]);
        var bias = arguments.Count == 3 ? (Tensor<T>)arguments[2] : null;
        var (rows, outputs, inputs) = Sizes(x.Shape, w.Shape);
        var y = new Tensor<T>(x.Shape[..^1].Concat(w.Shape[..1]));
        for (int i = 0; i < rows; i++)
        {
            var row = y.Elements.AsSpan(i * outputs, outputs);
            if (inputs != 0)
            {
                Products.Dots<T>(x.Elements.AsSpan(i * inputs, inputs), 1, w.Elements, inputs, row);
            }

            Finish(row, bias, inputs == 0);
        }

        return [y];
    }

    /// <summary>N·O·I products, N·O·(I − 1) additions, N·O more with a bias (which is moved, not added, when I = 0).</summary>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments)
    {
        var (rows, outputs, inputs) = Sizes(arguments[0].Shape, arguments[1].Shape);
        long results = inputs == 0 ? 0 : checked((long)rows * outputs);
        return Products.Count(checked(results * inputs), results, arguments.Count == 3 ? results : 0);
    }

    /// <inheritdoc/>
    public long DenseMultiplyAdds(IReadOnlyList<TensorType> arguments) => Count(arguments).Multiplications;

    /// <inheritdoc/>
    public long EffectiveMultiplyAdds(IReadOnlyList<TensorType> arguments) => DenseMultiplyAdds(arguments);

    /// <inheritdoc/>
    protected override Variable LeftAdjoint(Derivation at, Variable cotangent) =>
        at.Builder.Apply(new MatMul(), Rows(cotangent), at.Arguments[1]).Reshape(at.Arguments[0].Shape);

    /// <inheritdoc/>
    protected override Variable RightAdjoint(Derivation at, Variable cotangent) =>
        at.Builder.Apply(new MatMul(true), Rows(cotangent), Rows(at.Arguments[0]));

    private static Variable Rows(Variable x) => x.Reshape(new Shape(x.Shape[..^1].Elements, x.Shape[^1]));

    private static (int Rows, int Outputs, int Inputs) Sizes(Shape x, Shape w) => (x[..^1].Elements, w[0], w[1]);

    private static void Finish<T>(Span<T> row, Tensor<T>? bias, bool empty)
        where T : struct, INumeric<T>
    {
        for (int o = 0; o < row.Length; o++)
        {
            if (empty)
            {
                row[o] = bias is null ? T.FromDouble(0) : bias[o];
            }
            else if (bias is not null)
            {
                row[o] += bias[o];
            }
        }
    }
}

public static partial class Functions
{
    /// <summary>x·Wᵀ + b along the innermost axis.</summary>
    /// <param name="x">The inputs, […, I].</param>
    /// <param name="weight">The weights, [O, I].</param>
    /// <param name="bias">The biases, [O], or none.</param>
    /// <returns>[…, O].</returns>
    public static Variable Linear(Variable x, Variable weight, Variable? bias = null) => bias is null
        ? x.Builder.Apply(new Linear(), x, weight)
        : x.Builder.Apply(new Linear(), x, weight, bias);
}
