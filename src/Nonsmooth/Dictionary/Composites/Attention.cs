using System.Globalization;
using Nonsmooth.Programs;

namespace Nonsmooth.Dictionary;

/// <summary>softmax(q·kᵀ·scale)·v over the last two axes, each position attending to earlier ones only if causal.</summary>
/// <param name="Causal">Whether position i attends to positions up to i only.</param>
/// <param name="Factor">The scale; 1/√d without one, d the innermost size of q.</param>
/// <remarks>Arguments q […, T, d], k […, S, d], v […, S, e]; result […, T, e].</remarks>
public sealed record Attention(bool Causal, double? Factor = null) : CompositeFunction
{
    /// <inheritdoc/>
    public override string Name => "attention";

    /// <inheritdoc/>
    public override string Attributes => string.Create(CultureInfo.InvariantCulture, $"{(Causal ? "causal" : "full")}");

    /// <inheritdoc/>
    protected override FunctionFacts? Facts => FunctionFacts.Smooth with { Saves = new(null, [0], static (_, results) => results[0].Shape.Count64 / results[0].Shape[^1]) };

    /// <inheritdoc/>
    protected override IReadOnlyList<Variable> Define(IReadOnlyList<Variable> arguments)
    {
        var (q, k, v) = (arguments[0], arguments[1], arguments[2]);
        double factor = Factor ?? (1 / Math.Sqrt(q.Shape[^1]));

        // Before the product: scores of narrow formats would overflow first.
        var scores = Functions.MatMul(factor * q, k, transposeRight: true);
        if (Causal)
        {
            var mask = q.Builder.Apply(new CausalMask(q.Shape[^2], k.Shape[^2]));
            scores = Functions.Where(mask, scores, double.NegativeInfinity);
        }

        return [Functions.MatMul(Functions.Softmax(scores, -1), v)];
    }
}

public static partial class Functions
{
    /// <summary>softmax(q·kᵀ·scale)·v over the last two axes, each position attending to earlier ones only if causal.</summary>
    public static Variable Attention(Variable q, Variable k, Variable v, bool causal = false, double? factor = null) => q.Builder.Apply(new Attention(causal, factor), q, k, v);
}
