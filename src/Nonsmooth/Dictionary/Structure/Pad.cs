using System.Globalization;
using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>A tensor inside a border of one constant.</summary>
/// <param name="Before">Border before each axis.</param>
/// <param name="After">Border after each axis.</param>
/// <param name="Value">The constant.</param>
public sealed record Pad(IntVector Before, IntVector After, double Value) : ElementaryFunction
{
    /// <inheritdoc/>
    public override string Name => "pad";

    /// <inheritdoc/>
    public override string Attributes =>
        string.Create(CultureInfo.InvariantCulture, $"before {Before}, after {After}, value {Value}");

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with { Saves = Saved.Nothing, IsPiecewiseLinear = static _ => true };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        var shape = Check.Reals(arguments, 1)[0].Shape;
        return Before.Count == shape.Rank && After.Count == shape.Rank && Before.Concat(After).All(p => p >= 0)
            ? [new Shape([.. shape.Select((size, i) => size + Before[i] + After[i])])]
            : throw new ShapeException($"pads {Before} and {After} do not fit {shape}: give one of each, not negative, an axis");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var x = (Tensor<T>)arguments[0];
        var y = new Tensor<T>(InferTypes([x.Shape])[0].Shape);
        y.Elements.AsSpan().Fill(T.Varying(Value));
        var places = Nonsmooth.Dictionary.Slice.Places(y.Shape, Before, x.Shape.ToArray(), Ones);
        for (int i = 0; i < places.Length; i++)
        {
            y[places[i]] = x[i];
        }

        return [y];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) =>
        [tangents[0] is { } t ? at.Builder.Apply(this with { Value = 0 }, t) : null];

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) =>
        [cotangents[0] is { } g ? at.Builder.Apply(new Slice(Before, at.Arguments[0].Shape.ToArray(), Ones), g) : null];

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) => OperationCount.Zero;

    private IntVector Ones => Enumerable.Repeat(1, Before.Count).ToArray();
}

public static partial class Functions
{
    /// <summary>A border of one constant on every axis.</summary>
    public static Variable Pad(Variable x, IntVector before, IntVector after, double value = 0) =>
        x.Builder.Apply(new Pad(before, after, value), x);
}
