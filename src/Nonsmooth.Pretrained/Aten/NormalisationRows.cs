using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.Aten;

/// <summary>Normalisation and dropout.</summary>
internal static class NormalisationRows
{
    public static IEnumerable<AtenOperator> Rows =>
    [
        new("batch_norm", "input, weight, bias, running_mean, running_var, training, momentum, eps, cudnn_enabled=False", BatchNorm),
        new("nn.functional.batch_norm", "input, running_mean, running_var, weight=None, bias=None, training=False, momentum=0.1, eps=1e-5", BatchNorm),
        new("layer_norm", "input, normalized_shape, weight=None, bias=None, eps=1e-5, cudnn_enable=False", call =>
        {
            var x = call.Real("input");
            var shape = new Shape(call.Integers("normalized_shape"));
            return F.LayerNorm(x, call.RealOrNone("weight") ?? Filled(call, shape, 1), call.RealOrNone("bias") ?? Filled(call, shape, 0), call.Number("eps"));
        }),
        .. new AtenOperator("dropout", "input, p=0.5, training=True, inplace=False", call => call.Number("p") switch
        {
            _ when !call.Flag("training") => call.Real("input"),
            0 => call.Real("input"),
            1 => F.Scale(call.Real("input"), 0),
            _ => throw call.Lacks("no random dropout here: give a step to Functions.Dropout"),
        }).Named("feature_dropout", "dropout1d", "dropout2d", "dropout3d", "alpha_dropout"),
    ];

    internal static Variable Filled(AtenCall call, Shape shape, double value) => call.Builder.Apply(new Fill(shape, value));

    private static Variable BatchNorm(AtenCall call)
    {
        var x = call.Real("input");
        var channels = x.Shape.Rank > 1 ? new Shape(x.Shape[1]) : throw call.Lacks($"N×C×…, given {x.Shape}");
        var weight = call.RealOrNone("weight") ?? Filled(call, channels, 1);
        var bias = call.RealOrNone("bias") ?? Filled(call, channels, 0);
        return call.Flag("training") || !call.Has("running_mean")
            ? F.BatchNorm(x, weight, bias, call.Number("eps"))
            : F.BatchNormInference(x, weight, bias, call.Real("running_mean"), call.Real("running_var"), call.Number("eps"));
    }
}
