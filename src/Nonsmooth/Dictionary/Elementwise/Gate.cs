using System.Globalization;
using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>g · slope(x) for a piecewise constant slope: the derivative of a piecewise linear function, applied.</summary>
/// <param name="Slopes">The slopes, those selected at the kinks included.</param>
/// <remarks>
/// Arguments x and g of one shape. Where the slope is 0 the result is 0 even if g is infinite or NaN, as
/// libtorch's backward kernels have it. In g it is linear; in x it jumps, so its own derivative there is
/// 0 almost everywhere, and it has no conservative field. What is selected at a kink changes no count: a product that
/// is made at kinks only, on a null set, is not counted.
/// </remarks>
public sealed record Gate(Pieces Slopes) : ElementaryFunction
{
    private bool Scales => !(IsFlag(Slopes.Below) && IsFlag(Slopes.Between) && IsFlag(Slopes.Above));

    /// <inheritdoc/>
    public override string Name => "gate";

    /// <inheritdoc/>
    public override string Attributes
    {
        get
        {
            var c = CultureInfo.InvariantCulture;
            string first = string.Create(c, $"{Slopes.Below} below {Slopes.First}, {Slopes.AtFirst} at it, ");
            return first + (Slopes.HasSecond
                ? string.Create(c, $"{Slopes.Between} to {Slopes.Second}, {Slopes.AtSecond} at it, {Slopes.Above} above")
                : string.Create(c, $"{Slopes.Between} above"));
        }
    }

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => new()
    {
        Saves = Saved.Arguments,
        Rounds = Slopes is not { AtFirst: 0 or 1, AtSecond: 0 or 1 } ? true : null,
        Kinks = new KinkStructure.Jump("jumps in x at the kinks of the function it differentiates", a => Array.Exists(a[0].Elements, x => Slopes.At(x) != Slopes.At(Math.BitIncrement(x)) || Slopes.At(x) != Slopes.At(Math.BitDecrement(x)))),
    };

    /// <inheritdoc/>
    public override bool DecidesBy(int argument, TensorType type) => argument == 0;

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments) =>
        [Check.Alike(Name, arguments)];

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var (x, g) = ((Tensor<T>)arguments[0], (Tensor<T>)arguments[1]);
        var y = new Tensor<T>(x.Shape);
        for (int i = 0; i < x.Elements.Length; i++)
        {
            y[i] = Apply(x[i], g[i]);
        }

        return [y];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) =>
        [tangents[1] is { } t ? at.Builder.Apply(this, at.Arguments[0], t) : null];

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) =>
        [null, at.Active[1] && cotangents[0] is { } g ? at.Builder.Apply(this, at.Arguments[0], g) : null];

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) => arguments[0].Shape.Count64
        * (OperationCount.Of(ScalarOperation.Compare, Slopes.Comparisons)
            + OperationCount.Of(ScalarOperation.Multiply, Scales ? 1 : 0));

    private static bool IsFlag(double slope) => slope is 0 or 1;

    private T Apply<T>(T x, T g)
        where T : struct, INumeric<T>
    {
        if (Scales)
        {
            var slope = Piece(
                x,
                T.Varying(Slopes.Below),
                T.Varying(Slopes.AtFirst),
                T.Varying(Slopes.Between),
                T.Varying(Slopes.AtSecond),
                T.Varying(Slopes.Above));
            return Comparisons.Weighted(slope, g);
        }

        var zero = T.Varying(0);
        return Piece(x, Flagged(Slopes.Below), AtKink(Slopes.AtFirst), Flagged(Slopes.Between), AtKink(Slopes.AtSecond), Flagged(Slopes.Above));

        T Flagged(double slope) => slope == 0 ? zero : g;

        T AtKink(double slope) => slope == 0 ? zero : slope == 1 ? g : T.Weighted(slope, g);
    }

    private T Piece<T>(T x, T below, T atFirst, T between, T atSecond, T above)
        where T : struct, INumeric<T>
    {
        var upper = Slopes.HasSecond ? T.Branch(x, Slopes.Second, between, atSecond, above) : between;
        return double.IsNegativeInfinity(Slopes.First) ? upper : T.Branch(x, Slopes.First, below, atFirst, upper);
    }
}
