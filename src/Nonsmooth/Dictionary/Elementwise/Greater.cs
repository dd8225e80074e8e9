using System.Globalization;
using Nonsmooth.Arithmetic;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>1 where a &gt; b, a weight where they tie, 0 where a &lt; b: the slope of a maximum in its first argument.</summary>
/// <param name="Tie">The value at a tie.</param>
/// <remarks>Jumps at ties: its own derivative is 0 almost everywhere, and it has no conservative field. A NaN a counts as greater.</remarks>
public sealed record Greater(double Tie) : ElementaryFunction
{
    /// <inheritdoc/>
    public override string Name => "greater_slope";

    /// <inheritdoc/>
    public override string Attributes => string.Create(CultureInfo.InvariantCulture, $"tie={Tie}");

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => new()
    {
        Saves = Saved.Arguments,
        Kinks = new KinkStructure.Jump("jumps where a = b", static a => Comparisons.AnyTie(a[0], a[1])),
    };

    /// <inheritdoc/>
    public override IReadOnlyList<TensorType> InferTypes(IReadOnlyList<TensorType> arguments) =>
        [Check.Alike(Name, arguments)];

    /// <inheritdoc/>
    public override IReadOnlyList<Tensor> Evaluate<T>(IReadOnlyList<Tensor> arguments)
    {
        var (a, b) = ((Tensor<T>)arguments[0], (Tensor<T>)arguments[1]);
        var y = new Tensor<T>(a.Shape);
        for (int i = 0; i < a.Elements.Length; i++)
        {
            // The comparison itself, made once more here than in the maximum: the minimum stands for it.
            _ = T.Min(a[i], b[i]);
            y[i] = T.Greater(a[i], b[i], Tie);
        }

        return [y];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Jvp(Derivation at, IReadOnlyList<Variable?> tangents) => [null];

    /// <inheritdoc/>
    public override IReadOnlyList<Variable?> Vjp(Derivation at, IReadOnlyList<Variable?> cotangents) => [null, null];

    /// <inheritdoc/>
    public override OperationCount Count(IReadOnlyList<TensorType> arguments) =>
        OperationCount.Of(ScalarOperation.Maximum, arguments[0].Shape.Count64);
}
