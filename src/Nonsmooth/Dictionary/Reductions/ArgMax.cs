using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The position of the largest element along an axis, which goes.</summary>
/// <param name="Axis">The axis, not negative.</param>
/// <remarks>
/// The first position at ties; that of the first NaN if there is one. It jumps where elements tie: no
/// derivative. Over nothing it has no value: an error. k − 1 comparisons a result.
/// </remarks>
public sealed record ArgMax(int Axis) : DiscreteFunction, IBindable
{
    /// <inheritdoc/>
    public override string Name => "argmax";

    /// <inheritdoc/>
    public override string Attributes => $"axis={Axis}";

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => new()
    {
        Saves = Saved.Arguments,
        Kinks = new KinkStructure.Jump("jumps where several elements attain the maximum", static a => a[0].Elements.Distinct().Count() < a[0].Elements.Length),
    };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        var shape = Check.Reals(arguments, 1)[0].Shape;
        Lines.NotEmpty(Name, shape, Axis);
        return [TensorType.Index(Reduction.Result(shape, [Axis], false))];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) => BoundEvaluation.Once<T>(this, arguments);

    /// <inheritdoc/>
    public Action Bind<T>(IReadOnlyList<Tensor> arguments, IReadOnlyList<Tensor> results)
        where T : struct, INumeric<T>
    {
        var x = (Tensor<T>)arguments[0];
        var lines = Lines.NotEmpty(Name, x.Shape, Axis);
        var y = (Tensor<long>)results[0];

        return () =>
        {
            for (int line = 0; line < lines.Count; line++)
            {
                int start = lines.Start(line);
                int best = 0;
                for (int i = 1; i < lines.Length; i++)
                {
                    var (champion, element) = (x[start + (best * lines.Step)], x[start + (i * lines.Step)]);
                    Comparisons.Make(champion, element);
                    var (value, record) = T.Ordered(element, champion);
                    best = value > record || (double.IsNaN(value) && !double.IsNaN(record)) ? i : best;
                }

                y[line] = best;
            }
        };
    }

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) =>
        OperationCount.Of(ScalarOperation.Maximum, Reduction.Steps(arguments[0].Shape, [Axis]));
}

public static partial class VariableExtensions
{
    /// <summary>The position of the largest element along an axis, the first at ties.</summary>
    public static Variable ArgMax(this Variable x, int axis = -1) =>
        x.Builder.Apply(new ArgMax(x.Shape.Axis(axis)), x);
}
