using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>Tensors one after the other along an axis. It takes one argument or more.</summary>
/// <param name="Axis">The axis, not negative.</param>
public sealed record Concatenate(int Axis) : ElementaryFunction
{
    /// <inheritdoc/>
    public override string Name => "concatenate";

    /// <inheritdoc/>
    public override string Attributes => $"axis={Axis}";

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with { Saves = Saved.Nothing, IsPiecewiseLinear = static _ => true };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        if (arguments.Count == 0)
        {
            throw new ShapeException("takes one argument or more, given none");
        }

        Check.Reals(arguments, arguments.Count);
        var first = arguments[0].Shape;
        int axis = first.Axis(Axis);
        for (int i = 1; i < arguments.Count; i++)
        {
            var shape = arguments[i].Shape;
            if (shape.Rank != first.Rank || !shape.With(axis, 0).Equals(first.With(axis, 0)))
            {
                throw new ShapeException($"argument {i} is {shape}, argument 0 is {first}: they may differ on axis {axis} only");
            }
        }

        return [first.With(axis, arguments.Sum(a => a.Shape[axis]))];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var target = InferTypes([.. arguments.Select(a => TensorType.Real(a.Shape))])[0].Shape;
        var y = new Tensor<T>(target);
        var strides = target.Strides();
        int offset = 0;
        foreach (var argument in arguments)
        {
            var x = (Tensor<T>)argument;
            var places = Positions.Of(x.Shape, strides, offset);
            for (int i = 0; i < places.Length; i++)
            {
                y[places[i]] = x[i];
            }

            offset += strides[Axis] * x.Shape[Axis];
        }

        return [y];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) =>
        tangents.All(t => t is null)
            ? [null]
            : [at.Builder.Apply(this, [.. tangents.Select((t, i) => t ?? at.Builder.Apply(new Fill(at.Arguments[i].Shape, 0)))])];

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents)
    {
        var parts = new Variable?[at.Arguments.Count];
        int start = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            int size = at.Arguments[i].Shape[Axis];
            if (at.Active[i] && cotangents[0] is { } g)
            {
                parts[i] = g.Slice(Axis, start, start + size);
            }

            start += size;
        }

        return parts;
    }

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) => OperationCount.Zero;
}

public static partial class Functions
{
    /// <summary>Tensors one after the other along an axis.</summary>
    public static Variable Concatenate(int axis, params ReadOnlySpan<Variable> parts) =>
        parts[0].Builder.Apply(new Concatenate(parts[0].Shape.Axis(axis)), parts);
}
