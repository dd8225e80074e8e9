using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>eˣ / Σ eˣ along an axis.</summary>
/// <param name="Axis">The axis, not negative.</param>
/// <remarks>
/// Shifted by the maximum, so that no exponential overflows; NaN along a line with NaN or +∞, or of −∞ only. The
/// unit count is that of the program without the shift, with one inverse and n products a line (complexity
/// specification, 2.4 and 7.2); the evaluation divides instead, which rounds once.
/// </remarks>
public sealed record Softmax(int Axis) : ElementaryFunction
{
    /// <inheritdoc/>
    public override string Name => "softmax";

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
            var shift = LogSoftmax.Largest(x.Elements, start, end, lines.Step);
            var sum = y[start] = T.Exp(x[start] - shift);
            for (int i = start + lines.Step; i < end; i += lines.Step)
            {
                y[i] = T.Exp(x[i] - shift);
                sum += y[i];
            }

            for (int i = start; i < end; i += lines.Step)
            {
                y[i] /= sum;
            }
        }

        return [y];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) =>
        [tangents[0] is { } t ? Apply(at, t) : null];

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) =>
        [cotangents[0] is { } g ? Apply(at, g) : null];

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments)
    {
        var shape = arguments[0].Shape;
        long steps = Reduction.Steps(shape, [Axis]);
        return OperationCount.Of(ScalarOperation.Maximum, steps)
            + OperationCount.Of(ScalarOperation.Add, shape.Count64 + steps)
            + OperationCount.Of(ScalarOperation.Exp, shape.Count64)
            + OperationCount.Of(ScalarOperation.Divide, shape.Count64);
    }

    /// <inheritdoc/>
    public override OperationCount UnitCount(IReadOnlyList<TensorType> arguments)
    {
        var shape = arguments[0].Shape;
        return OperationCount.Of(ScalarOperation.Exp, shape.Count64)
            + OperationCount.Of(ScalarOperation.Add, Reduction.Steps(shape, [Axis]))
            + OperationCount.Of(ScalarOperation.Inverse, shape.Count64 == 0 ? 0 : Lines.Along(shape, Axis).Count)
            + OperationCount.Of(ScalarOperation.Multiply, shape.Count64);
    }

    private Variable Apply(Derivation at, Variable direction) =>
        at.Builder.Apply(new SoftmaxGradient(Axis), at.Results[0], direction);
}

public static partial class Functions
{
    /// <summary>eˣ / Σ eˣ along an axis.</summary>
    public static Variable Softmax(Variable x, int axis = -1) => x.Builder.Apply(new Softmax(x.Shape.Axis(axis)), x);
}
