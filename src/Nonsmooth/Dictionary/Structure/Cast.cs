using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>The same elements as another kind.</summary>
/// <param name="From">The kind of the argument.</param>
/// <param name="To">The kind of the result, another.</param>
/// <remarks>
/// Truth is 1 and falsehood 0; what is not 0 is true, NaN included; a real becomes the index next to it towards 0, which has
/// no answer for NaN, infinities and what does not fit in 64 bits. Reals made of indices are rounded to the format. It has
/// no derivative: from indices and masks because they do not vary, from reals because it jumps.
/// </remarks>
public sealed record Cast(ElementKind From, ElementKind To) : DiscreteFunction, IBindable
{
    /// <inheritdoc/>
    public override string Name => $"{Word(From)}_to_{Word(To)}";

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with
    {
        Saves = Saved.Nothing,
        Rounds = true,
        Kinks = (From, To) switch
        {
            (ElementKind.Real, ElementKind.Index) => new KinkStructure.Jump("jumps at integers other than 0", static a => Array.Exists(a[0].Elements, x => x != 0 && double.IsInteger(x))),
            (ElementKind.Real, _) => new KinkStructure.Jump("changes at 0", static a => a[0].Elements.Contains(0)),
            _ => new KinkStructure.Smooth(),
        },
    };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments)
    {
        Check.Arity(arguments, 1);
        return From == To
            ? throw new ShapeException($"a cast changes the kind, given {Word(From)} twice: leave it out")
            : [new TensorType(To, Check.Kind(arguments, 0, From))];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) => BoundEvaluation.Once<T>(this, arguments);

    /// <inheritdoc/>
    public Action Bind<T>(IReadOnlyList<Tensor> arguments, IReadOnlyList<Tensor> results)
        where T : struct, INumeric<T> => (arguments[0], results[0]) switch
        {
            (Tensor<T> x, Tensor<long> y) => Each(x, y, static a => (long)T.ToDouble(a)),
            (Tensor<T> x, _) => Each(x, (Tensor<bool>)results[0], static a => T.ToDouble(a) != 0),
            (Tensor<long> x, Tensor<T> y) => Each(x, y, static a => T.Varying(a)),
            (Tensor<long> x, _) => Each(x, (Tensor<bool>)results[0], static a => a != 0),
            (Tensor<bool> x, Tensor<T> y) => Each(x, y, static a => T.Varying(a ? 1 : 0)),
            var (x, y) => Each((Tensor<bool>)x, (Tensor<long>)y, static a => a ? 1L : 0),
        };

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) => OperationCount.Zero;

    private static Action Each<TFrom, TTo>(Tensor<TFrom> from, Tensor<TTo> to, Func<TFrom, TTo> cast)
        where TFrom : struct
        where TTo : struct => () =>
        {
            for (int i = 0; i < to.Elements.Length; i++)
            {
                to[i] = cast(from[i]);
            }
        };

    private static string Word(ElementKind kind) => kind switch
    {
        ElementKind.Real => "real",
        ElementKind.Index => "index",
        _ => "mask",
    };
}

public static partial class Functions
{
    /// <summary>The same elements as another kind; the variable itself where it has that kind.</summary>
    public static Variable Cast(Variable x, ElementKind to) => x.Type.Kind == to ? x : x.Builder.Apply(new Cast(x.Type.Kind, to), x);
}
