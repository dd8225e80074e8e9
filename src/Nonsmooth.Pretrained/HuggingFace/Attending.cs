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
        var mask = window is { } w && w < tokens ? Seen(q, w) : padding is not null || cap is not null ? Seen(q, tokens) : null;
        if (padding is not null)
        {
            var kept = Kept(padding, tokens);
            mask = F.And(Broadcasting.To(mask!, kept.Shape), kept);
        }

        return Joined(cap is { } most ? Capped(q, k, v, mask!, scale, most) : F.ScaledDotProductAttention(q, k, v, mask, mask is null, scale, true));
    }

    /// <summary>Attention of heads to all, joined to [N, T, H·D].</summary>
    /// <param name="q">Queries [N, H, T, D].</param>
    /// <param name="k">Keys [N, H, T, D].</param>
    /// <param name="v">Values [N, H, T, D].</param>
    /// <param name="padding">[N, T], 0 for what nobody looks at; null for none.</param>
    public static Variable Everywhere(Variable q, Variable k, Variable v, Variable? padding)
    {
        var mask = padding is null ? null : Kept(padding, q.Shape[2]);
        return Joined(F.ScaledDotProductAttention(q, k, v, mask is null ? null : Broadcasting.To(mask, mask.Shape.With(1, q.Shape[1]))));
    }

    // [N, 1, T, T]
    private static Variable Kept(Variable padding, int tokens) =>
        Broadcasting.To(F.Cast(padding, ElementKind.Boolean).Reshape(new Shape(padding.Shape[0], 1, 1, tokens)), new Shape(padding.Shape[0], 1, tokens, tokens));

    private static Variable Seen(Variable q, int window)
    {
        int tokens = q.Shape[2];
        return q.Builder.Constant(Tensor.Generate(new Shape(tokens, tokens), i => (i / tokens) - (i % tokens) is >= 0 and var back && back < window));
    }

    private static Variable Capped(Variable q, Variable k, Variable v, Variable mask, double scale, double cap)
    {
        int group = q.Shape[1] / k.Shape[1];
        (k, v) = group == 1 ? (k, v) : (k.RepeatEach(1, group), v.RepeatEach(1, group));
        var scores = F.Scale(F.Tanh(F.Scale(F.MatMul(q, k.Transpose(0, 1, 3, 2)), scale / cap)), cap);
        return F.MatMul(F.Softmax(F.Where(Broadcasting.To(mask, scores.Shape), scores, double.NegativeInfinity)), v);
    }

    private static Variable Joined(Variable y) => y.Transpose(0, 2, 1, 3).Reshape(new Shape(y.Shape[0], y.Shape[2], y.Shape[1] * y.Shape[3]));
}
