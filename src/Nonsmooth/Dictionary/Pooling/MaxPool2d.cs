using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The maximum of every window, and where it is.</summary>
/// <param name="Kernel">Rows and columns of a window.</param>
/// <param name="Stride">Distance between windows, at least 1.</param>
/// <param name="Padding">Rows and columns around the plane that no maximum takes: at most half a window.</param>
/// <param name="Dilation">Distance between the elements of a window, at least 1.</param>
/// <param name="CeilMode">Whether a last window may reach beyond the padding.</param>
/// <remarks>
/// Argument x [N, C, H, W]; results: the maxima [N, C, Ho, Wo] and the index of each, the flat position in its
/// H×W plane of the first element, row-major in the window, that attains it. A NaN wins, the last one, as libtorch 2.10 has it.
/// Elements tie when they are equal in the format of the execution, both zeros included. Source: reliability
/// specification, 1.1 and 5.
/// </remarks>
public sealed record MaxPool2d(IntVector Kernel, IntVector Stride, IntVector Padding, IntVector Dilation, bool CeilMode = false)
    : ElementaryFunction, IBindable
{
    /// <inheritdoc/>
    public override string Name => "max_pool2d";

    /// <inheritdoc/>
    public override string Attributes =>
        $"kernel={Kernel}, stride={Stride}, padding={Padding}, dilation={Dilation}{(CeilMode ? ", ceil" : "")}";

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => new()
    {
        Saves = new([0], [], static (_, results) => 2 * results[0].Shape.Count64),
        Kinks = new KinkStructure.Form("where several elements of a window attain its maximum", x => [Dictionary.Windows.Maximum(x[0], this), x[0].Builder.ApplyAll(this, x[0])[1]]),
        Keys = [SelectionKeys.MaxPoolTies],
        Candidates = Kernel[0] * Kernel[1],
    };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Reals(arguments, 1);
        var x = Check.Rank(arguments, 0, 4);
        var y = Windows(x).Output(x);
        return [TensorType.Real(y), TensorType.Index(y)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) => BoundEvaluation.Once<T>(this, arguments);

    /// <inheritdoc/>
    public Action Bind<T>(IReadOnlyList<Tensor> arguments, IReadOnlyList<Tensor> results)
        where T : struct, INumeric<T>
    {
        var x = (Tensor<T>)arguments[0];
        var windows = Windows(x.Shape);
        var (y, index) = ((Tensor<T>)results[0], (Tensor<long>)results[1]);
        var (all, count, plane) = (windows.Places(), windows.Count, windows.Plane);

        return () =>
        {
            for (int i = 0; i < y.Elements.Length; i++)
            {
                var (number, window) = Math.DivRem(i, count);
                (y[i], index[i]) = Maximum<T>(x.Elements.AsSpan(number * plane, plane), all.Of(window));
            }
        };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) =>
    [
        tangents[0] is { } t
            ? at.Builder.Apply(new MaxPoolPick(this, at.Selection.MaxPoolTies), at.Arguments[0], at.Results[1], t)
            : null,
        null,
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) =>
    [
        at.Active[0] && cotangents[0] is { } g
            ? at.Builder.Apply(new MaxPoolScatter(this, at.Selection.MaxPoolTies), at.Arguments[0], at.Results[1], g)
            : null,
    ];

    /// <summary>One comparison less than a window has elements inside the plane.</summary>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments)
    {
        var x = arguments[0].Shape;
        var windows = Windows(x);
        return OperationCount.Of(ScalarOperation.Maximum, checked(x[0] * (long)x[1] * (windows.TotalTaps - windows.Count)));
    }

    /// <inheritdoc/>
    public override bool HasGaps => true;

    /// <inheritdoc/>
    public override void MeasureGaps<T>(KinkArguments<T> at, int start, Span<T> gaps, Span<T> scales)
    {
        var windows = Windows(at.Types[0].Shape);
        for (int i = 0; i < gaps.Length; i++)
        {
            var (plane, window) = Math.DivRem(start + i, windows.Count);
            var best = windows.Compete(at.First.Slice(plane * windows.Plane, windows.Plane), window);
            (gaps[i], scales[i]) = (best.Gap, best.Scale);
        }
    }

    internal PlaneWindows Windows(Shape x) => PlaneWindows.Sliding(x, Kernel, Stride, Padding, Dilation, CeilMode);

    private static (T Value, int Place) Maximum<T>(ReadOnlySpan<T> elements, ReadOnlySpan<int> places)
        where T : struct, INumeric<T>
    {
        int best = places[0];
        var value = elements[best];
        foreach (int place in places[1..])
        {
            // The one comparison of reals; where it was decided is then read off its outcome.
            var (candidate, top) = T.Ordered(elements[place], value);
            var larger = T.Max(elements[place], value);
            if (candidate > top || double.IsNaN(candidate))
            {
                (best, value) = (place, larger);
            }
        }

        return (value, best);
    }
}

public static partial class Functions
{
    /// <summary>The maximum of every window of planes.</summary>
    /// <param name="x">The planes, [N, C, H, W].</param>
    /// <param name="kernel">Rows and columns of a window.</param>
    /// <param name="stride">Distance between windows; the kernel's size if not given.</param>
    /// <param name="padding">Rows and columns around the plane, at most half a window; 0 if not given.</param>
    /// <param name="dilation">Distance between the elements of a window; 1 if not given.</param>
    /// <param name="ceilMode">Whether a last window may reach beyond the padding.</param>
    /// <returns>The maxima, [N, C, Ho, Wo].</returns>
    public static Variable MaxPool2d(
        Variable x, Pair kernel, Pair? stride = null, Pair? padding = null, Pair? dilation = null, bool ceilMode = false) =>
        x.Builder.ApplyAll(
            new MaxPool2d(kernel, stride ?? kernel, Pair.Or(padding, 0), Pair.Or(dilation, 1), ceilMode), x)[0];
}
