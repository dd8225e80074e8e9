using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>ConvNeXt.</summary>
internal static class ConvNext
{
    private const string Root = "convnext";
    private const double Epsilon = 1e-6;

    public static FolderNetwork Build(FolderBuilder b)
    {
        var c = b.Config;
        string activation = c.TextOrNull("hidden_act") ?? "gelu";
        bool isScaled = c.Number("layer_scale_init_value", 1e-6) > 0;
        var (depths, widths) = c.Stages();
        int patch = c.Size("patch_size", 4);
        var x = Across($"{Root}.embeddings.layernorm", Convolved($"{Root}.embeddings.patch_embeddings", b.Input(FolderInput.PixelValues), widths[0], patch));
        for (int stage = 0; stage < depths.Count; stage++)
        {
            string name = $"{Root}.encoder.stages.{stage}";
            x = stage == 0 ? x : Convolved($"{name}.downsampling_layer.1", Across($"{name}.downsampling_layer.0", x), widths[stage], 2);
            for (int layer = 0; layer < depths[stage]; layer++)
            {
                using (b.Builder.Scope($"{name}.layers.{layer}"))
                {
                    x = Layer($"{name}.layers.{layer}", x);
                }
            }
        }

        var pooled = b.LayerNorm($"{Root}.layernorm", x.Mean(2, 3), c.Number("layer_norm_eps", 1e-12));
        return FolderHeads.Of(c, FolderHead.Image, FolderHead.None) == FolderHead.Image ? b.Classifier("classifier", pooled) : FolderNetwork.Headless(x, pooled);

        Variable Layer(string name, Variable x)
        {
            int width = x.Shape[1];
            var y = F.Conv2d(x, b.Weight($"{name}.dwconv.weight", width, 1, 7, 7), b.Weight($"{name}.dwconv.bias", width), 1, 3, groups: width).Transpose(0, 2, 3, 1);
            y = FolderBuilder.Activation(activation, b.Linear($"{name}.pwconv1", b.LayerNorm($"{name}.layernorm", y, Epsilon), 4 * width, true));
            y = b.Linear($"{name}.pwconv2", y, width, true);
            y = isScaled ? F.Multiply(y, b.Weight($"{name}.layer_scale_parameter", width)) : y;
            return F.Add(x, y.Transpose(0, 3, 1, 2));
        }

        Variable Convolved(string name, Variable v, int width, int side) =>
            F.Conv2d(v, b.Weight($"{name}.weight", width, v.Shape[1], side, side), b.Weight($"{name}.bias", width), side);

        // The norm of each place over its channels.
        Variable Across(string name, Variable v) => b.LayerNorm(name, v.Transpose(0, 2, 3, 1), Epsilon).Transpose(0, 3, 1, 2);
    }
}
