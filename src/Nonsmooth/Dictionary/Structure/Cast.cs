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
public sealed record Cast(ElementKind From, ElementKind To) : DiscreteFunction
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
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments) => [(arguments[0], To) switch
    {
        (Tensor<T> x, ElementKind.Index) => Tensor.Generate(x.Shape, i => (long)T.ToDouble(x[i])),
        (Tensor<T> x, _) => Tensor.Generate(x.Shape, i => T.ToDouble(x[i]) != 0),
        (Tensor<long> x, ElementKind.Real) => Tensor.Generate(x.Shape, i => T.Varying(x[i])),
        (Tensor<long> x, _) => Tensor.Generate(x.Shape, i => x[i] != 0),
        (Tensor<bool> x, ElementKind.Real) => Tensor.Generate(x.Shape, i => T.Varying(x[i] ? 1 : 0)),
        ({ } x, _) => Tensor.Generate(x.Shape, i => ((Tensor<bool>)x)[i] ? 1L : 0),
    }];

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) => OperationCount.Zero;

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
