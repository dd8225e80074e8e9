using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.HuggingFace;

/// <summary>ResNet, with plain blocks or bottlenecks; its batch norms use the statistics in the folder, which are buffers.</summary>
internal static class ResNet
{
    private const string Root = "resnet";

    public static FolderNetwork Build(FolderBuilder b)
    {
        var c = b.Config;
        string activation = c.TextOrNull("hidden_act") ?? "relu";
        bool isBottleneck = (c.TextOrNull("layer_type") ?? "bottleneck") switch
        {
            "bottleneck" => true,
            "basic" => false,
            var other => throw new FolderException($"its layer_type '{other}' is none of bottleneck and basic"),
        };
        bool early = c.Flag("downsample_in_bottleneck", false);
        var (depths, widths) = c.Stages();
        var x = Activated(Normalised($"{Root}.embedder.embedder", b.Input(FolderInput.PixelValues), c.Size("embedding_size", 64), 7, 2));
        x = F.MaxPool2d(x, 3, 2, 1);
        for (int stage = 0; stage < depths.Count; stage++)
        {
            for (int layer = 0; layer < depths[stage]; layer++)
            {
                string name = $"{Root}.encoder.stages.{stage}.layers.{layer}";
                using (b.Builder.Scope(name))
                {
                    x = Layer(name, x, widths[stage], layer > 0 || (stage == 0 && !c.Flag("downsample_in_first_stage", false)) ? 1 : 2);
                }
            }
        }

        var pooled = F.AdaptiveAvgPool2d(x, 1);
        return FolderHeads.Of(c, FolderHead.Image, FolderHead.None) == FolderHead.Image
            ? b.Classifier("classifier.1", pooled.Reshape(new Shape(x.Shape[0], x.Shape[1])))
            : FolderNetwork.Headless(x, pooled);

        Variable Layer(string name, Variable x, int width, int stride)
        {
            var kept = x.Shape[1] != width || stride != 1 ? Normalised($"{name}.shortcut", x, width, 1, stride) : x;
            if (isBottleneck)
            {
                int narrow = Math.Max(1, width / 4);
                x = Activated(Normalised($"{name}.layer.0", x, narrow, 1, early ? stride : 1));
                x = Activated(Normalised($"{name}.layer.1", x, narrow, 3, early ? 1 : stride));
                x = Normalised($"{name}.layer.2", x, width, 1, 1);
            }
            else
            {
                x = Activated(Normalised($"{name}.layer.0", x, width, 3, stride));
                x = Normalised($"{name}.layer.1", x, width, 3, 1);
            }

            return Activated(F.Add(x, kept));
        }

        Variable Activated(Variable v) => FolderBuilder.Activation(activation, v);

        Variable Normalised(string name, Variable v, int width, int side, int stride)
        {
            v = F.Conv2d(v, b.Weight($"{name}.convolution.weight", width, v.Shape[1], side, side), null, stride, side / 2);
            name += ".normalization";
            return F.BatchNormInference(v, b.Weight($"{name}.weight", width), b.Weight($"{name}.bias", width), b.Buffer($"{name}.running_mean", width), b.Buffer($"{name}.running_var", width));
        }
    }
}
