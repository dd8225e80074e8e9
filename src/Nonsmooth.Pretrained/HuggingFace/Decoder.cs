using Nonsmooth.Programs;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>LLaMA and its relatives: RMS norms, rotary positions, gated MLPs.</summary>
internal static class Decoder
{
    private const string Head = "lm_head.weight";

    public static FolderNetwork Build(FolderBuilder b, DecoderKind kind)
    {
        var c = b.Config;
        var tokens = b.Input(FolderInput.InputIds);
        var mask = b.InputOrNull(FolderInput.AttentionMask);
        int width = c.Size("hidden_size"), heads = c.Heads("num_attention_heads"), keys = c.Heads("num_key_value_heads", heads), inner = c.Size("intermediate_size"), vocabulary = c.Size("vocab_size");
        int head = c.Heads("head_dim", Math.Max(1, width / heads));
        if (heads % keys != 0 || head % 2 != 0)
        {
            throw new FolderException($"{heads} heads of {head} cannot share {keys} keys");
        }

        double epsilon = c.Number("rms_norm_eps", 1e-6);
        string activation = c.TextOrNull("hidden_activation") ?? c.TextOrNull("hidden_act") ?? kind.Activation;
        double scale = 1 / Math.Sqrt(c.Number("query_pre_attn_scalar", head));
        bool bias = c.Flag("attention_bias", false), innerBias = c.Flag("mlp_bias", false);
        var rotary = Rotary.Of(b.Builder, c, tokens.Shape[1], head);
        var table = b.Words("model.embed_tokens.weight", Head, kind.TiesByDefault, vocabulary, width);
        var x = b.Embedding(table, tokens);
        x = kind.IsGemma ? F.Scale(x, Math.Sqrt(width)) : x;
        for (int layer = 0; layer < c.Layers("num_hidden_layers"); layer++)
        {
            using (b.Builder.Scope($"layers.{layer}"))
            {
                x = Layer(layer, x);
            }
        }

        x = Norm("model.norm", x);
        if (FolderHeads.Of(c, FolderHead.CausalLanguage, FolderHead.None) == FolderHead.None)
        {
            return FolderNetwork.Headless(x);
        }

        var logits = b.Logits(x, table, Head, kind.TiesByDefault);
        return FolderNetwork.Of(c.NumberOrNull("final_logit_softcapping") is { } cap ? F.Scale(F.Tanh(F.Scale(logits, 1 / cap)), cap) : logits, CausalLoss.Of);

        Variable Layer(int layer, Variable x)
        {
            string name = $"model.layers.{layer}";
            var y = Attended(layer, $"{name}.self_attn", Norm($"{name}.input_layernorm", x));
            x = F.Add(x, kind.NormsAfter ? Norm($"{name}.post_attention_layernorm", y) : y);
            var z = Norm(kind.NormsAfter ? $"{name}.pre_feedforward_layernorm" : $"{name}.post_attention_layernorm", x);
            z = F.Multiply(FolderBuilder.Activation(activation, b.Linear($"{name}.mlp.gate_proj", z, inner, innerBias)), b.Linear($"{name}.mlp.up_proj", z, inner, innerBias));
            z = b.Linear($"{name}.mlp.down_proj", z, width, innerBias);
            return F.Add(x, kind.NormsAfter ? Norm($"{name}.post_feedforward_layernorm", z) : z);
        }

        Variable Attended(int layer, string name, Variable x)
        {
            var q = Attending.Heads(b.Linear($"{name}.q_proj", x, heads * head, bias || kind.HasQueryBias), heads);
            var k = Attending.Heads(b.Linear($"{name}.k_proj", x, keys * head, bias || kind.HasQueryBias), keys);
            var v = Attending.Heads(b.Linear($"{name}.v_proj", x, keys * head, bias || kind.HasQueryBias), keys);
            if (kind.HasHeadNorms)
            {
                (q, k) = (Norm($"{name}.q_norm", q), Norm($"{name}.k_norm", k));
            }

            var y = Attending.Causal(rotary.Turn(q), rotary.Turn(k), v, mask, kind.Window(c, layer), scale, c.NumberOrNull("attn_logit_softcapping"));
            return b.Linear($"{name}.o_proj", y, width, bias);
        }

        Variable Norm(string name, Variable v)
        {
            var weight = b.Weight($"{name}.weight", v.Shape[^1]);
            return F.RmsNorm(v, 1, kind.IsGemma ? F.Add(weight, 1) : weight, epsilon);
        }
    }
}
