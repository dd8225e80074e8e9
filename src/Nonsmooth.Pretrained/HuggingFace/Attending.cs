using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>Attention with what architectures add: windows, padding, grouped queries, capped scores.</summary>
internal static class Attending
{
    /// <summary>[N, T, H·D] to [N, H, T, D].</summary>
    public static Variable Heads(Variable x, int heads) => x.Reshape(new Shape(x.Shape[0], x.Shape[1], heads, x.Shape[2] / heads)).Transpose(0, 2, 1, 3);

    /// <summary>Attention of heads to those before them, joined to [N, T, H·D].</summary>
    /// <param name="q">Queries [N, H, T, D].</param>
    /// <param name="k">Keys [N, K, T, D], H a multiple of K.</param>
    /// <param name="v">Values [N, K, T, D].</param>
    /// <param name="padding">[N, T], 0 for what nobody looks at; null for none.</param>
    /// <param name="window">How many tokens one looks at, itself included; null for all before it.</param>
    /// <param name="scale">What products are multiplied by.</param>
    /// <param name="cap">What scores are squashed below; null for no such.</param>
    public static Variable Causal(Variable q, Variable k, Variable v, Variable? padding, int? window, double scale, double? cap)
    {
        int tokens = q.Shape[2];
        var mask = window is { } w && w < tokens ? Before(q.Builder, tokens, w) : padding is not null || cap is not null ? Before(q.Builder, tokens) : null;
        if (padding is not null)
        {
            var kept = Kept(padding, 1, tokens);
            mask = F.And(Broadcasting.To(mask!, kept.Shape), kept);
        }

        return Joined(cap is { } most ? Capped(q, k, v, mask!, scale, most) : F.ScaledDotProductAttention(q, k, v, mask, mask is null, scale, true));
    }

    /// <summary>Attention of heads to any, joined to [N, T, H·D].</summary>
    /// <param name="q">Queries [N, H, T, D].</param>
    /// <param name="k">Keys [N, H, S, D].</param>
    /// <param name="v">Values [N, H, S, D].</param>
    /// <param name="mask">[N, H, T, S], false for what is not looked at, or what is added to scores; null for none.</param>
    /// <param name="scale">What products are multiplied by; null for one over the root of D.</param>
    public static Variable Everywhere(Variable q, Variable k, Variable v, Variable? mask, double? scale = null) =>
        Joined(F.ScaledDotProductAttention(q, k, v, mask is null ? null : Broadcasting.To(mask, new Shape(q.Shape[0], q.Shape[1], q.Shape[2], k.Shape[2])), false, scale));

    /// <summary>A mask of what is no padding.</summary>
    /// <param name="padding">[N, S], 0 for padding.</param>
    /// <param name="heads">H of the mask.</param>
    /// <param name="rows">T of the mask.</param>
    /// <returns>[N, H, T, S].</returns>
    public static Variable Kept(Variable padding, int heads, int rows)
    {
        var (count, tokens) = (padding.Shape[0], padding.Shape[1]);
        return Broadcasting.To(F.Cast(padding, ElementKind.Boolean).Reshape(new Shape(count, 1, 1, tokens)), new Shape(count, heads, rows, tokens));
    }

    /// <summary>A mask [T, T] of the tokens before each, itself included, within a window.</summary>
    public static Variable Before(ProgramBuilder builder, int tokens, int window = int.MaxValue) =>
        builder.Constant(Tensor.Generate(new Shape(tokens, tokens), i => (i / tokens) - (i % tokens) is >= 0 and var back && back < window));

    private static Variable Capped(Variable q, Variable k, Variable v, Variable mask, double scale, double cap)
    {
        int group = q.Shape[1] / k.Shape[1];
        (k, v) = group == 1 ? (k, v) : (k.RepeatEach(1, group), v.RepeatEach(1, group));
        var scores = F.Scale(F.Tanh(F.Scale(F.MatMul(q, k.Transpose(0, 1, 3, 2)), scale / cap)), cap);
        return F.MatMul(F.Softmax(F.Where(Broadcasting.To(mask, scores.Shape), scores, double.NegativeInfinity)), v);
    }

    private static Variable Joined(Variable y) => y.Transpose(0, 2, 1, 3).Reshape(new Shape(y.Shape[0], y.Shape[2], y.Shape[1] * y.Shape[3]));
}
