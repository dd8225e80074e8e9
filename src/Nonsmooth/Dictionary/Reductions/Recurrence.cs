using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>y_i = a_i·y_{i−1} + b_i along an axis, from y = 0 before the first: a linear recurrence.</summary>
/// <param name="Axis">The axis, not negative.</param>
/// <param name="Reverse">Whether it runs from the end: y_i = a_i·y_{i+1} + b_i.</param>
/// <remarks>
/// Arguments a and b of one shape. Bilinear, and its derivatives are recurrences: no division, so that zeros in a are as good as other
/// numbers. One product and one sum an element.
/// </remarks>
public sealed record Recurrence(int Axis, bool Reverse) : ElementaryFunction
{
    /// <inheritdoc/>
    public override string Name => "recurrence";

    /// <inheritdoc/>
    public override string Attributes => $"axis={Axis}{(Reverse ? ", reverse" : "")}";

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with { Saves = new([0], [0]) };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Lines.Along(Check.Alike(Name, arguments).Shape, Axis);
        return [arguments[0]];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var (a, b) = ((Tensor<T>)arguments[0], (Tensor<T>)arguments[1]);
        var y = new Tensor<T>(a.Shape);
        var lines = Lines.Along(a.Shape, Axis);
        int step = Reverse ? -lines.Step : lines.Step;
        for (int line = 0; line < lines.Count && lines.Length > 0; line++)
        {
            int position = lines.Start(line) + (Reverse ? (lines.Length - 1) * lines.Step : 0);
            y[position] = b[position];
            for (int i = 1; i < lines.Length; i++)
            {
                position += step;
                y[position] = (a[position] * y[position - step]) + b[position];
            }
        }

        return [y];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents)
    {
        var moved = tangents[0] is { } a ? Functions.Multiply(a, Shifted(at.Results[0], Axis, Reverse, 0)) : null;
        var source = (moved, tangents[1]) switch
        {
            ({ } m, { } b) => Functions.Add(m, b),
            var (m, b) => m ?? b,
        };
        return [source is null ? null : at.Builder.Apply(this, at.Arguments[0], source)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents)
    {
        if (cotangents[0] is not { } g)
        {
            return [null, null];
        }

        var back = at.Builder.Apply(new Recurrence(Axis, !Reverse), Shifted(at.Arguments[0], Axis, !Reverse, 0), g);
        return [at.Active[0] ? Functions.Multiply(back, Shifted(at.Results[0], Axis, Reverse, 0)) : null, at.Active[1] ? back : null];
    }

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments)
    {
        long steps = Reduction.Steps(arguments[0].Shape, [Axis]);
        return OperationCount.Of(ScalarOperation.Multiply, steps) + OperationCount.Of(ScalarOperation.Add, steps);
    }

    /// <summary>Each element's forerunner along an axis, and a constant where there is none.</summary>
    internal static Variable Shifted(Variable x, int axis, bool reverse, double first)
    {
        int size = x.Shape[axis];
        if (size == 0)
        {
            return x;
        }

        var (before, after) = (new int[x.Shape.Rank], new int[x.Shape.Rank]);
        (reverse ? after : before)[axis] = 1;
        return Functions.Pad(reverse ? x.Slice(axis, 1, size) : x.Slice(axis, 0, size - 1), before, after, first);
    }
}

public static partial class Functions
{
    /// <summary>y_i = a_i·y_{i−1} + b_i along an axis: a linear recurrence. Arguments are broadcast to one shape.</summary>
    public static Variable Recurrence(Variable a, Variable b, int axis = -1, bool reverse = false)
    {
        var common = Broadcasting.Common(a.Shape, b.Shape);
        return a.Builder.Apply(new Recurrence(common.Axis(axis), reverse), Broadcasting.To(a, common), Broadcasting.To(b, common));
    }
}
