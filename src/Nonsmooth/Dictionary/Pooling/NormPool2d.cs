using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The 2-norm of every window.</summary>
/// <param name="Kernel">Rows and columns of a window.</param>
/// <param name="Stride">Distance between windows, at least 1.</param>
/// <remarks>
/// Argument x [N, C, H, W]; result [N, C, Ho, Wo]. Squares are added in row-major order. Nonsmooth, but not
/// piecewise linear: the derivative is x/‖x‖, and where a window is 0 every entry is the selection's
/// <c>NormAtZero</c>; 0 is the minimal norm, 1 leaves Clarke's subdifferential. Source: reliability specification, 1.1.
/// </remarks>
public sealed record NormPool2d(IntVector Kernel, IntVector Stride) : ElementaryFunction
{
    /// <inheritdoc/>
    public override string Name => "norm_pool2d";

    /// <inheritdoc/>
    public override string Attributes => $"kernel={Kernel}, stride={Stride}";

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => new()
    {
        Saves = Saved.Arguments,
        Kinks = new KinkStructure.Form("where a window is 0", x => [Windows.Norm(x[0], this)]),
        Keys = [SelectionKeys.NormAtZero],
    };

    private AvgPool2d WindowSum => new(Kernel, Stride, [0, 0], FixedDivisor: 1);

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments) => WindowSum.InferTypes(arguments);

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var x = (Tensor<T>)arguments[0];
        var windows = WindowSum.Windows(x.Shape);
        var y = new Tensor<T>(windows.Output(x.Shape));
        Span<int> places = new int[windows.Largest];
        for (int i = 0; i < y.Elements.Length; i++)
        {
            var (plane, window) = Math.DivRem(i, windows.Count);
            var elements = x.Elements.AsSpan(plane * windows.Plane, windows.Plane);
            int count = windows.Positions(window, places);
            var sum = elements[places[0]] * elements[places[0]];
            for (int j = 1; j < count; j++)
            {
                sum += elements[places[j]] * elements[places[j]];
            }

            y[i] = T.Sqrt(sum);
        }

        return [y];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents)
    {
        if (tangents[0] is not { } t)
        {
            return [null];
        }

        var along = at.Builder.Apply(WindowSum, at.Arguments[0] * t);
        return [(along / Positive(at)) + AtZero(at, at.Builder.Apply(WindowSum, t))];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents)
    {
        if (!at.Active[0] || cotangents[0] is not { } g)
        {
            return [null];
        }

        var x = at.Arguments[0];
        var spread = new AvgPoolSpread(WindowSum, [x.Shape[2], x.Shape[3]]);
        return [(x * at.Builder.Apply(spread, g / Positive(at))) + at.Builder.Apply(spread, AtZero(at, g))];
    }

    /// <summary>A square an element of a window, their sum, a root.</summary>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments)
    {
        var x = arguments[0].Shape;
        var windows = WindowSum.Windows(x);
        return x[0] * (long)x[1] * (Products.Count(windows.TotalTaps, windows.Count, 0)
            + OperationCount.Of(ScalarOperation.Sqrt, windows.Count));
    }

    /// <inheritdoc/>
    public override bool HasGaps => true;

    /// <inheritdoc/>
    public override void MeasureGaps<T>(KinkArguments<T> at, int start, Span<T> gaps, Span<T> scales)
    {
        var windows = WindowSum.Windows(at.Types[0].Shape);
        Span<int> places = new int[windows.Largest];
        scales.Clear();
        for (int i = 0; i < gaps.Length; i++)
        {
            var (plane, window) = Math.DivRem(start + i, windows.Count);
            int count = windows.Positions(window, places);
            gaps[i] = T.Zero;
            foreach (int place in places[..count])
            {
                gaps[i] = T.Max(gaps[i], T.Abs(at.First[(plane * windows.Plane) + place]));
            }
        }
    }

    /// <summary>The norms, 1 where they are 0: there every x is 0, so what is divided by it is 0 at every order.</summary>
    private static Variable Positive(Derivation at)
    {
        var y = at.Results[0];
        var one = at.Builder.Apply(new Fill(y.Shape, 1));
        return at.Builder.Apply(new Branch(0), y, one, one, y);
    }

    // A branch and not a gate, whose count would depend on whether the selected slope is 0 or 1.
    private static Variable AtZero(Derivation at, Variable direction)
    {
        var y = at.Results[0];
        var zero = at.Builder.Apply(new Fill(y.Shape, 0));
        var selected = at.Builder.Apply(new Unary<MultiplyConstant>(new MultiplyConstant(at.Selection.NormAtZero)), direction);
        return at.Builder.Apply(new Branch(0), y, zero, selected, zero);
    }
}

public static partial class Functions
{
    /// <summary>The 2-norm of every window of planes.</summary>
    /// <param name="x">The planes, [N, C, H, W].</param>
    /// <param name="kernel">Rows and columns of a window.</param>
    /// <param name="stride">Distance between windows; the kernel's size if not given.</param>
    /// <returns>The norms, [N, C, Ho, Wo].</returns>
    public static Variable NormPool2d(Variable x, Pair kernel, Pair? stride = null) =>
        x.Builder.Apply(new NormPool2d(kernel, stride ?? kernel), x);
}
