using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The transposed derivative of a max pooling: cotangents of the maxima go to the elements that attain them.</summary>
/// <param name="Pool">The pooling.</param>
/// <param name="Rule">How tied elements share.</param>
/// <remarks>
/// Arguments x, the pooling's index, and g of the shape of the maxima; result of the shape of x. Its transpose
/// is <see cref="MaxPoolPick"/>. Windows are added in row-major order. A window whose maximum is NaN
/// gives all to the NaN that the pooling's index names, the last.
/// </remarks>
public sealed record MaxPoolScatter(MaxPool2d Pool, TieRule Rule) : MaxPoolDerivative(Pool, Rule), IBindable
{
    /// <inheritdoc/>
    public override string Name => "max_pool2d_scatter";

    /// <inheritdoc/>
    protected override MaxPoolDerivative Transposed => new MaxPoolPick(Pool, Rule);

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments) =>
        [TensorType.Real(WindowShares.Infer(Pool, arguments, true))];

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) => BoundEvaluation.Once<T>(this, arguments);

    /// <inheritdoc/>
    public Action Bind<T>(IReadOnlyList<Tensor> arguments, IReadOnlyList<Tensor> results)
        where T : struct, INumeric<T>
    {
        var (x, index, g) = ((Tensor<T>)arguments[0], (Tensor<long>)arguments[1], (Tensor<T>)arguments[2]);
        var windows = Pool.Windows(x.Shape);
        var result = (Tensor<T>)results[0];
        bool[] started = new bool[result.Elements.Length];
        var (all, each, size) = (windows.Places(), windows.Count, windows.Plane);
        double[] shares = new double[windows.Largest];

        return () =>
        {
            result.Elements.AsSpan().Fill(T.Varying(0));
            started.AsSpan().Clear();
            for (int i = 0; i < g.Elements.Length; i++)
            {
                var (plane, window) = Math.DivRem(i, each);
                int from = plane * size;
                var places = all.Of(window);
                WindowShares.Find<T>(Rule, x.Elements.AsSpan(from, size), places, index[i], shares);
                for (int j = 0; j < places.Length; j++)
                {
                    int place = from + places[j];
                    var part = WindowShares.Times(shares[j], g[i]);
                    result[place] = started[place] ? result[place] + part : part;
                    started[place] = true;
                }
            }
        };
    }

    /// <summary>A product an element of a window; an addition where windows overlap. No rule changes it.</summary>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments)
    {
        var x = arguments[0].Shape;
        var windows = Pool.Windows(x);
        return x[0] * (long)x[1] * Products.Count(windows.TotalTaps, windows.Covered, 0);
    }
}
