using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The adjoint of an average pooling: every number is divided and spread over its window.</summary>
/// <param name="Pool">The pooling.</param>
/// <param name="Plane">Rows and columns of the pooling's argument.</param>
/// <remarks>
/// Argument of the shape of the means, [N, C, Ho, Wo]; result [N, C, H, W]. Where windows overlap they are added
/// in row-major order; an element that no window covers is 0.
/// </remarks>
public sealed record AvgPoolSpread(WindowMean Pool, IntVector Plane) : LinearFunction
{
    /// <inheritdoc/>
    public override string Name => $"{Pool.Name}_spread";

    /// <inheritdoc/>
    public override string Attributes => $"{Pool.Attributes}, to {Plane}";

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Reals(arguments, 1);
        var g = Check.Rank(arguments, 0, 4);
        var x = Target(g);
        var means = Pool.Windows(x).Output(x);
        return means.Equals(g)
            ? [TensorType.Real(x)]
            : throw new ShapeException($"argument 0 is {g}: the means of {x} have {means}");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var g = (Tensor<T>)arguments[0];
        var result = new Tensor<T>(Target(g.Shape));
        result.Elements.AsSpan().Fill(T.Varying(0));
        var windows = Pool.Windows(result.Shape);
        var started = new bool[result.Elements.Length];
        Span<int> places = new int[windows.Largest];
        for (int i = 0; i < g.Elements.Length; i++)
        {
            var (plane, window) = Math.DivRem(i, windows.Count);
            int count = windows.Positions(window, places);
            var part = WindowMean.Divide(g[i], Pool.Divisor(windows, window));
            for (int j = 0; j < count; j++)
            {
                int place = (plane * windows.Plane) + places[j];
                result[place] = started[place] ? result[place] + part : part;
                started[place] = true;
            }
        }

        return [result];
    }

    /// <summary>One division by a constant a window; an addition where windows overlap.</summary>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments)
    {
        var x = Target(arguments[0].Shape);
        var windows = Pool.Windows(x);
        return x[0] * (long)x[1] * (OperationCount.Of(ScalarOperation.Add, windows.TotalTaps - windows.Covered)
            + OperationCount.Of(ScalarOperation.MultiplyConstant, Pool.Divisions(windows)));
    }

    /// <inheritdoc/>
    protected override Variable Adjoint(Derivation at, Variable cotangent) => at.Builder.Apply(Pool, cotangent);

    private Shape Target(Shape g)
    {
        AxisWindows.Pair(Plane, "plane", 1);
        return g.With(2, Plane[0]).With(3, Plane[1]);
    }
}
