using Nonsmooth.Dictionary;
using Nonsmooth.Tensors;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>The vision transformer.</summary>
internal static class VisionTransformer
{
    public static FolderNetwork Build(FolderBuilder b)
    {
        var c = b.Config;
        int width = c.Size("hidden_size"), patch = c.Size("patch_size", 16), side = c.Side / patch, channels = c.Size("num_channels", 3);
        if (side == 0)
        {
            throw new FolderException($"its images have no room for a patch of {patch}");
        }

        var pixels = b.Input(FolderInput.PixelValues);
        int batch = pixels.Shape[0], patches = side * side;
        const string name = "vit.embeddings.patch_embeddings.projection";
        var x = F.Conv2d(pixels, b.Weight($"{name}.weight", width, channels, patch, patch), b.Weight($"{name}.bias", width), patch);
        x = x.Reshape(new Shape(batch, width, patches)).Transpose(0, 2, 1);
        x = F.Concatenate(1, Broadcasting.To(b.Weight("vit.embeddings.cls_token", 1, 1, width), new Shape(batch, 1, width)), x);
        x = F.Add(x, b.Weight("vit.embeddings.position_embeddings", 1, patches + 1, width));
        var encoder = new Encoder("attention.attention.query", "attention.attention.key", "attention.attention.value", "attention.output.dense", "layernorm_before", "intermediate.dense", "output.dense", "layernorm_after")
        {
            Heads = c.Heads("num_attention_heads"), Width = c.Size("intermediate_size"), Activation = c.TextOrNull("hidden_act") ?? "gelu", Epsilon = c.Number("layer_norm_eps", 1e-12),
            NormsBefore = true, HasBias = c.Flag("qkv_bias", true),
        };
        for (int layer = 0; layer < c.Layers("num_hidden_layers"); layer++)
        {
            x = encoder.Layer(b, $"vit.encoder.layer.{layer}", x, null);
        }

        x = b.LayerNorm("vit.layernorm", x, encoder.Epsilon);
        return FolderHeads.Of(c, FolderHead.Image, FolderHead.None) == FolderHead.Image ? b.Classifier("classifier", Bert.First(x))
            : FolderNetwork.Headless(x, b.Has("vit.pooler.dense.weight") ? FolderBuilder.Activation(c.TextOrNull("pooler_act") ?? "tanh", b.Linear("vit.pooler.dense", Bert.First(x), c.Size("pooler_output_size", width), true)) : null);
    }
}
