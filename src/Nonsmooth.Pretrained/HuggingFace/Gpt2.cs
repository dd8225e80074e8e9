using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>GPT-2.</summary>
internal static class Gpt2
{
    private const string Head = "lm_head.weight";

    public static FolderNetwork Build(FolderBuilder b)
    {
        var c = b.Config;
        var tokens = b.Input(FolderInput.InputIds);
        var mask = b.InputOrNull(FolderInput.AttentionMask);
        if (c.Flag("scale_attn_by_inverse_layer_idx", false) || c.Flag("add_cross_attention", false) || !c.Flag("scale_attn_weights", true))
        {
            throw new FolderException("its config.json scales attention by layers, not at all, or adds cross attention, which is not read");
        }

        int width = c.Size("n_embd"), heads = c.Heads("n_head"), inner = c.Size("n_inner", 4 * width), positions = c.Size("n_positions"), vocabulary = c.Size("vocab_size"), length = tokens.Shape[1];
        FolderBuilder.RequireTokens(length, positions);
        if (width % heads != 0)
        {
            throw new FolderException($"a width of {width} is not shared by {heads} heads");
        }

        double epsilon = c.Number("layer_norm_epsilon", 1e-5);
        string activation = c.TextOrNull("activation_function") ?? "gelu_new";
        var table = b.Words("transformer.wte.weight", Head, true, vocabulary, width);
        var places = b.Places("transformer.wpe.weight", length, positions, width);
        var x = F.Add(b.Embedding(table, tokens), places);
        for (int layer = 0; layer < c.Layers("n_layer"); layer++)
        {
            using (b.Builder.Scope($"h.{layer}"))
            {
                string name = $"transformer.h.{layer}";
                var y = b.Conv1D($"{name}.attn.c_attn", Norm($"{name}.ln_1", x), 3 * width);
                Variable Part(int i) => Attending.Heads(y.Slice(-1, i * width, (i + 1) * width), heads);
                var attended = Attending.Causal(Part(0), Part(1), Part(2), mask, null, 1 / Math.Sqrt(width / heads), null);
                x = F.Add(x, b.Conv1D($"{name}.attn.c_proj", attended, width));
                var z = FolderBuilder.Activation(activation, b.Conv1D($"{name}.mlp.c_fc", Norm($"{name}.ln_2", x), inner));
                x = F.Add(x, b.Conv1D($"{name}.mlp.c_proj", z, width));
            }
        }

        x = Norm("transformer.ln_f", x);
        return FolderHeads.Of(c, FolderHead.CausalLanguage, FolderHead.None) == FolderHead.None ? FolderNetwork.Headless(x)
            : FolderNetwork.Of(b.Logits(x, table, Head, true), CausalLoss.Of);

        Variable Norm(string name, Variable v) => b.LayerNorm(name, v, epsilon);
    }
}
