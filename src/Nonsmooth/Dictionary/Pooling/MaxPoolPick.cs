using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The derivative of a max pooling along a tangent: tangents of the elements that attain the maxima.</summary>
/// <param name="Pool">The pooling.</param>
/// <param name="Rule">How tied elements share.</param>
/// <remarks>
/// Arguments x, the pooling's index, and a tangent of the shape of x; result of the shape of the maxima. Its
/// transpose is <see cref="MaxPoolScatter"/>.
/// </remarks>
public sealed record MaxPoolPick(MaxPool2d Pool, TieRule Rule) : MaxPoolDerivative(Pool, Rule), IBindable
{
    /// <inheritdoc/>
    public override string Name => "max_pool2d_pick";

    /// <inheritdoc/>
    protected override MaxPoolDerivative Transposed => new MaxPoolScatter(Pool, Rule);

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments) =>
        [TensorType.Real(WindowShares.Infer(Pool, arguments, false))];

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) => BoundEvaluation.Once<T>(this, arguments);

    /// <inheritdoc/>
    public Action Bind<T>(IReadOnlyList<Tensor> arguments, IReadOnlyList<Tensor> results)
        where T : struct, INumeric<T>
    {
        var (x, index, tangent) = ((Tensor<T>)arguments[0], (Tensor<long>)arguments[1], (Tensor<T>)arguments[2]);
        var windows = Pool.Windows(x.Shape);
        var result = (Tensor<T>)results[0];
        var (all, each, size) = (windows.Places(), windows.Count, windows.Plane);
        double[] shares = new double[windows.Largest];

        return () =>
        {
            for (int i = 0; i < result.Elements.Length; i++)
            {
                var (plane, window) = Math.DivRem(i, each);
                int from = plane * size;
                var places = all.Of(window);
                WindowShares.Find<T>(Rule, x.Elements.AsSpan(from, size), places, index[i], shares);
                var sum = WindowShares.Times(shares[0], tangent[from + places[0]]);
                for (int j = 1; j < places.Length; j++)
                {
                    sum += WindowShares.Times(shares[j], tangent[from + places[j]]);
                }

                result[i] = sum;
            }
        };
    }

    /// <summary>A product an element of a window and their sum. No rule changes it.</summary>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments)
    {
        var x = arguments[0].Shape;
        var windows = Pool.Windows(x);
        return x[0] * (long)x[1] * Products.Count(windows.TotalTaps, windows.Count, 0);
    }
}
