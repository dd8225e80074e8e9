using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>x − log Σ eˣ along an axis: the logarithm of softmax.</summary>
/// <param name="Axis">The axis, not negative.</param>
/// <remarks>
/// Shifted by the maximum, so that no exponential overflows; NaN along a line with NaN or +∞, or of −∞ only. The
/// unit count is that of the program without the shift (complexity specification, 2.4).
/// </remarks>
public sealed record LogSoftmax(int Axis) : ElementaryFunction
{
    /// <inheritdoc/>
    public override string Name => "log_softmax";

    /// <inheritdoc/>
    public override string Attributes => $"axis={Axis}";

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with { Saves = Saved.Result };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Lines.Along(Check.Reals(arguments, 1)[0].Shape, Axis);
        return [arguments[0]];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var x = (Tensor<T>)arguments[0];
        var y = new Tensor<T>(x.Shape);
        var lines = Lines.Along(x.Shape, Axis);
        for (int line = 0; line < lines.Count && lines.Length > 0; line++)
        {
            int start = lines.Start(line);
            int end = start + (lines.Length * lines.Step);
            var shift = Largest(x.Elements, start, end, lines.Step);
            y[start] = x[start] - shift;
            var sum = T.Exp(y[start]);
            for (int i = start + lines.Step; i < end; i += lines.Step)
            {
                y[i] = x[i] - shift;
                sum += T.Exp(y[i]);
            }

            var log = T.Log(sum);
            for (int i = start; i < end; i += lines.Step)
            {
                y[i] -= log;
            }
        }

        return [y];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) =>
        [tangents[0] is { } t
            ? Functions.Subtract(t, Functions.Multiply(Functions.Exp(at.Results[0]), t).Sum(true, Axis))
            : null];

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) =>
        [cotangents[0] is { } g
            ? at.Builder.Apply(new LogSoftmaxGradient(Axis), at.Results[0], g)
            : null];

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) => UnitCount(arguments)
        + OperationCount.Of(ScalarOperation.Maximum, Reduction.Steps(arguments[0].Shape, [Axis]))
        + OperationCount.Of(ScalarOperation.Add, arguments[0].Shape.Count64);

    /// <inheritdoc/>
    public override OperationCount UnitCount(IReadOnlyList<TensorType> arguments)
    {
        var shape = arguments[0].Shape;
        return OperationCount.Of(ScalarOperation.Exp, shape.Count64)
            + OperationCount.Of(ScalarOperation.Add, shape.Count64 + Reduction.Steps(shape, [Axis]))
            + OperationCount.Of(ScalarOperation.Log, shape.Count64 == 0 ? 0 : Lines.Along(shape, Axis).Count);
    }

    internal static T Largest<T>(ReadOnlySpan<T> x, int start, int end, int step)
        where T : struct, INumeric<T>
    {
        var largest = x[start];
        for (int i = start + step; i < end; i += step)
        {
            largest = T.Max(largest, x[i]);
        }

        return largest;
    }
}

public static partial class Functions
{
    /// <summary>x − log Σ eˣ along an axis.</summary>
    public static Variable LogSoftmax(Variable x, int axis = -1) => x.Builder.Apply(new LogSoftmax(x.Shape.Axis(axis)), x);
}
