using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>Overwrites elements at the places an index names along an axis: y[…, index[…, i, …], …] = updates[…, i, …].</summary>
/// <param name="Axis">The axis, not negative.</param>
/// <remarks>
/// Arguments data of any kind, an index of as many axes, none longer than those of the data but for the given one, and updates of
/// the index's shape and the data's kind. Where updates meet the last one in row-major order stays, and it alone has a
/// derivative. Linear in data and updates together; an index outside [0, size) is an error. Free: it only moves.
/// </remarks>
public sealed record Scatter(int Axis) : ElementaryFunction, IBindable
{
    /// <inheritdoc/>
    public override string Name => "scatter";

    /// <inheritdoc/>
    public override string Attributes => $"axis={Axis}";

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with { Saves = new([1], []), IsPiecewiseLinear = static _ => true };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Arity(arguments, 3);
        var index = Check.Kind(arguments, 1, ElementKind.Index);
        new Gather(Axis).InferTypes([arguments[0], arguments[1]]);
        return arguments[2].Shape.Equals(index) && arguments[2].Kind == arguments[0].Kind
            ? [arguments[0]]
            : throw new ShapeException($"scatter takes updates of the data's kind and of the index's shape, given {arguments[2]} for {arguments[0]} and {index}");
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) => BoundEvaluation.Once<T>(this, arguments);

    /// <inheritdoc/>
    public Action Bind<T>(IReadOnlyList<Tensor> arguments, IReadOnlyList<Tensor> results)
        where T : struct, INumeric<T>
    {
        var index = (Tensor<long>)arguments[1];
        var places = new Gather.Places(Name, arguments[0].Shape, index.Shape, Axis);
        return arguments[0] switch
        {
            Tensor<T> reals => Putting(reals, () => places.Of(index), (Tensor<T>)arguments[2], (Tensor<T>)results[0]),
            Tensor<long> indices => Putting(indices, () => places.Of(index), (Tensor<long>)arguments[2], (Tensor<long>)results[0]),
            _ => Putting((Tensor<bool>)arguments[0], () => places.Of(index), (Tensor<bool>)arguments[2], (Tensor<bool>)results[0]),
        };
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) =>
        [tangents[0] is null && tangents[2] is null
            ? null
            : at.Builder.Apply(this, tangents[0] ?? Zeros(at, 0), at.Arguments[1], tangents[2] ?? Zeros(at, 2))];

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) => cotangents[0] is { } g
        ? [
            at.Active[0] ? at.Builder.Apply(this, g, at.Arguments[1], Zeros(at, 2)) : null,
            null,
            at.Active[2] ? Functions.Where(Stays(at), Functions.Gather(g, at.Arguments[1], Axis), 0) : null,
        ]
        : [null, null, null];

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) => OperationCount.Zero;

    private static Variable Zeros(Derivation at, int argument) => at.Builder.Apply(new Fill(at.Arguments[argument].Shape, 0));

    // Updates numbered and scattered as they are: those that find their own number again have stayed.
    private Variable Stays(Derivation at)
    {
        var (data, index) = (at.Arguments[0].Shape, at.Arguments[1]);
        var numbers = at.Builder.Constant(Tensor.Generate(index.Shape, i => (long)i));
        var last = at.Builder.Apply(this, at.Builder.Constant(Tensor.Generate(data, _ => -1L)), index, numbers);
        return at.Builder.Apply(new IndexCompare(Comparison.Equal), Functions.Gather(last, index, Axis), numbers);
    }

    private static Action Putting<TElement>(Tensor<TElement> data, Func<int[]> places, Tensor<TElement> updates, Tensor<TElement> y)
        where TElement : struct => () =>
        {
            data.Elements.CopyTo(y.Elements, 0);
            int[] to = places();
            for (int i = 0; i < to.Length; i++)
            {
                y[to[i]] = updates[i];
            }
        };
}
