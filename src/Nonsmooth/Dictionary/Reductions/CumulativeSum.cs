using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The running sum along an axis, from its start or from its end.</summary>
/// <param name="Axis">The axis, not negative.</param>
/// <param name="Reverse">Whether it runs from the end: y_i = Σ_{j ≥ i} x_j.</param>
/// <remarks>Linear; its transpose runs the other way. n − 1 additions a line.</remarks>
public sealed record CumulativeSum(int Axis, bool Reverse) : LinearFunction
{
    /// <inheritdoc/>
    public override string Name => "cumsum";

    /// <inheritdoc/>
    public override string Attributes => $"axis={Axis}{(Reverse ? ", reverse" : "")}";

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
        int step = Reverse ? -lines.Step : lines.Step;
        for (int line = 0; line < lines.Count && lines.Length > 0; line++)
        {
            int position = lines.Start(line) + (Reverse ? (lines.Length - 1) * lines.Step : 0);
            y[position] = x[position];
            for (int i = 1; i < lines.Length; i++)
            {
                position += step;
                y[position] = y[position - step] + x[position];
            }
        }

        return [y];
    }

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) =>
        OperationCount.Of(ScalarOperation.Add, Reduction.Steps(arguments[0].Shape, [Axis]));

    /// <inheritdoc/>
    protected override Variable Adjoint(Derivation at, Variable cotangent) =>
        at.Builder.Apply(this with { Reverse = !Reverse }, cotangent);
}

public static partial class VariableExtensions
{
    /// <summary>The running sum along an axis, from its start or, reversed, from its end.</summary>
    public static Variable CumulativeSum(this Variable x, int axis = -1, bool reverse = false) =>
        x.Builder.Apply(new CumulativeSum(x.Shape.Axis(axis), reverse), x);
}
