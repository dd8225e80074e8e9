using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>T5: an encoder and a decoder whose scores have biases by distance, in buckets, which all layers of a stack share.</summary>
internal static class T5
{
    private const string Head = "lm_head.weight";

    public static IReadOnlyList<FolderInput> Inputs(FolderConfig config) =>
    [
        FolderInput.Tokens(FolderInput.InputIds, null), FolderInput.Tokens(FolderInput.DecoderIds, null) with { Axes = ["batch", "decoder_tokens"] },
        FolderInput.Tokens(FolderInput.AttentionMask, null, true),
    ];

    public static FolderNetwork Build(FolderBuilder b)
    {
        var c = b.Config;
        bool isTied = c.Flag("tie_word_embeddings", true);
        int width = c.Size("d_model"), heads = c.Heads("num_heads"), head = c.Heads("d_kv"), inner = c.Size("d_ff"), vocabulary = c.Size("vocab_size"), layers = c.Layers("num_layers");
        string form = c.TextOrNull("feed_forward_proj") ?? "relu";
        bool isGated = form.StartsWith("gated-", StringComparison.Ordinal);
        string activation = form == "gated-gelu" ? "gelu_new" : form[(form.IndexOf('-', StringComparison.Ordinal) + 1)..];
        double epsilon = c.Number("layer_norm_epsilon", 1e-6);
        var table = b.Twin("shared.weight", ["encoder.embed_tokens.weight", "decoder.embed_tokens.weight", .. isTied ? [Head] : (string[])[]], vocabulary, width);
        var padding = b.InputOrNull(FolderInput.AttentionMask);
        var encoded = Stack("encoder", b.Input(FolderInput.InputIds), layers, null);
        var y = Stack("decoder", b.Input(FolderInput.DecoderIds), c.Layers("num_decoder_layers", layers), encoded);
        if (FolderHeads.Of(c, FolderHead.Conditional, FolderHead.None) == FolderHead.None)
        {
            return FolderNetwork.Headless(y);
        }

        y = c.Flag("scale_decoder_outputs", isTied) ? F.Scale(y, 1 / Math.Sqrt(width)) : y;
        return b.Vocabulary(b.Logits(y, table, Head, true)) with { Unused = ["decoder.block.0.layer.1.EncDecAttention.relative_attention_bias."] };

        Variable Stack(string name, Variable tokens, int depth, Variable? other)
        {
            var x = b.Embedding(table, tokens);
            int length = tokens.Shape[1];
            var mask = other is not null ? Attending.Before(b.Builder, length) : Seen(length);
            Variable? bias = null;
            for (int layer = 0; layer < depth; layer++)
            {
                string block = $"{name}.block.{layer}.layer";
                using var scope = b.Builder.Scope($"{name}.{layer}");
                bias ??= Biases($"{block}.0.SelfAttention", length, other is null);
                var from = Norm($"{block}.0.layer_norm", x);
                x = F.Add(x, Attended($"{block}.0.SelfAttention", from, from, mask is null ? bias : F.Where(Over(mask, bias), Over(bias, mask), double.NegativeInfinity)));
                if (other is not null)
                {
                    x = F.Add(x, Attended($"{block}.1.EncDecAttention", Norm($"{block}.1.layer_norm", x), other, Seen(length, heads)));
                }

                string outer = $"{block}.{(other is null ? 1 : 2)}";
                x = F.Add(x, Fed($"{outer}.DenseReluDense", Norm($"{outer}.layer_norm", x)));
            }

            return Norm($"{name}.final_layer_norm", x);
        }

        // Which of the encoder's tokens each of some sees; null for all.
        Variable? Seen(int rows, int repeated = 1) => padding is null ? null : Attending.Kept(padding, repeated, rows);

        Variable Attended(string name, Variable from, Variable to, Variable? mask)
        {
            Variable Projected(string part, Variable v) => Attending.Heads(b.Linear($"{name}.{part}", v, heads * head, false), heads);
            return b.Linear($"{name}.o", Attending.Everywhere(Projected("q", from), Projected("k", to), Projected("v", to), mask, 1), width, false);
        }

        Variable Fed(string name, Variable x) => b.Linear($"{name}.wo", isGated
            ? F.Multiply(FolderBuilder.Activation(activation, b.Linear($"{name}.wi_0", x, inner, false)), b.Linear($"{name}.wi_1", x, inner, false))
            : FolderBuilder.Activation(activation, b.Linear($"{name}.wi", x, inner, false)), width, false);

        // [1, H, T, T]
        Variable Biases(string name, int length, bool isBoth)
        {
            int buckets = c.Size("relative_attention_num_buckets", 32), most = c.Size("relative_attention_max_distance", 128);
            var places = b.Builder.Constant(Tensor.Generate(new Shape(length, length), i => (long)Bucket((i % length) - (i / length), buckets, most, isBoth)));
            return F.Embedding(b.Weight($"{name}.relative_attention_bias.weight", buckets, heads), places).Transpose(2, 0, 1).Reshape(new Shape(1, heads, length, length));
        }

        Variable Norm(string name, Variable v) => F.RmsNorm(v, 1, b.Weight($"{name}.weight", width), epsilon);
    }

    private static Variable Over(Variable x, Variable other) => Broadcasting.To(x, Broadcasting.Common(x.Shape, other.Shape));

    // Near distances have a bucket each, far ones share them by their logarithm, in 32 bits as the library computes it.
    private static int Bucket(int distance, int buckets, int most, bool isBoth)
    {
        int first = isBoth && distance > 0 ? buckets / 2 : 0, count = isBoth ? buckets / 2 : buckets, exact = count / 2;
        int far = isBoth ? Math.Abs(distance) : Math.Max(0, -distance);
        return first + (far < exact || exact == 0 ? Math.Min(far, count - 1)
            : Math.Min(count - 1, exact + (int)(MathF.Log((float)far / exact) / (float)Math.Log((double)most / exact) * (count - exact))));
    }
}
