using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The running product along an axis, from its start or from its end.</summary>
/// <param name="Axis">The axis, not negative.</param>
/// <param name="Reverse">Whether it runs from the end: y_i = Π_{j ≥ i} x_j.</param>
/// <remarks>Its derivatives are recurrences (<see cref="Recurrence"/>) that divide by nothing: right where elements are 0. n − 1 products a line.</remarks>
public sealed record CumulativeProduct(int Axis, bool Reverse) : ElementaryFunction
{
    /// <inheritdoc/>
    public override string Name => "cumprod";

    /// <inheritdoc/>
    public override string Attributes => $"axis={Axis}{(Reverse ? ", reverse" : "")}";

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with { Saves = new([0], [0]) };

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
                y[position] = y[position - step] * x[position];
            }
        }

        return [y];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) =>
    [
        tangents[0] is { } t
            ? at.Builder.Apply(new Recurrence(Axis, Reverse), at.Arguments[0], Functions.Multiply(t, Recurrence.Shifted(at.Results[0], Axis, Reverse, 1)))
            : null,
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents)
    {
        if (cotangents[0] is not { } g)
        {
            return [null];
        }

        var back = at.Builder.Apply(new Recurrence(Axis, !Reverse), Recurrence.Shifted(at.Arguments[0], Axis, !Reverse, 0), g);
        return [Functions.Multiply(back, Recurrence.Shifted(at.Results[0], Axis, Reverse, 1))];
    }

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) =>
        OperationCount.Of(ScalarOperation.Multiply, Reduction.Steps(arguments[0].Shape, [Axis]));
}

public static partial class VariableExtensions
{
    /// <summary>The running product along an axis, from its start or, reversed, from its end.</summary>
    public static Variable CumulativeProduct(this Variable x, int axis = -1, bool reverse = false) =>
        x.Builder.Apply(new CumulativeProduct(x.Shape.Axis(axis), reverse), x);
}
