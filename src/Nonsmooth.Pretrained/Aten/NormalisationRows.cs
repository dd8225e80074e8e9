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
        new("layer_norm", "input, normalized_shape, weight=None, bias=None, eps=1e-5, cudnn_enable=False", call => LayerNorm(call)[0]!),
        new("native_layer_norm", "input, normalized_shape, weight, bias, eps", LayerNorm),
        new("group_norm", "input, num_groups, weight=None, bias=None, eps=1e-5, cudnn_enabled=True", call => F.GroupNorm(
            call.Real("input"), call.Integer("num_groups"), call.RealOrNone("weight"), call.RealOrNone("bias"), call.Number("eps"))),
        new("native_group_norm", "input, weight, bias, N, C, HxW, group, eps", call => [F.GroupNorm(
            call.Real("input"), call.Integer("group"), call.RealOrNone("weight"), call.RealOrNone("bias"), call.Number("eps")), null, null]),
        new("_native_batch_norm_legit_no_training", "input, weight, bias, running_mean, running_var, momentum, eps", call => [BatchNorm(call), null, null]),
        new("_weight_norm", "v, g, dim=0", WeightNorm), new("_weight_norm_interface", "v, g, dim=0", call => [WeightNorm(call), null]),
        new("instance_norm", "input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps, cudnn_enabled=False", InstanceNorm),
        new("nn.functional.instance_norm", "input, running_mean=None, running_var=None, weight=None, bias=None, use_input_stats=True, momentum=0.1, eps=1e-5", InstanceNorm),
        new("rms_norm", "input, normalized_shape, weight=None, eps=None", call => F.RmsNorm(
            call.Real("input"), call.Integers("normalized_shape").Length, call.RealOrNone("weight"), call.NumberOrNone("eps") ?? Math.ScaleB(1, -52))),
        new("local_response_norm", "input, size, alpha=1e-4, beta=0.75, k=1", call => call.Real("input") is { Shape.Rank: >= 2 } x
            ? F.LocalResponseNorm(x, call.Integer("size"), call.Number("alpha"), call.Number("beta"), call.Number("k"))
            : throw call.Lacks("N×C×…")),
        new("nn.functional.normalize", "input, p=2, dim=1, eps=1e-12, out=None", call => F.Normalize(call.Real("input"), call.Number("p"), call.Number("eps"), call.Axes("dim", call.Real("input")))),
        new("cosine_similarity", "x1, x2, dim=1, eps=1e-8", CosineSimilarity),
        new("pairwise_distance", "x1, x2, p=2, eps=1e-6, keepdim=False", call => F.PairwiseDistance(call.Real("x1"), call.Real("x2"), call.Number("p"), call.Number("eps"), call.Flag("keepdim"))),
        new("native_batch_norm", "input, weight, bias, running_mean, running_var, training, momentum, eps", NativeBatchNorm),
        new("_batch_norm_with_update", "input, weight, bias, running_mean, running_var, momentum, eps", NativeBatchNorm),
        new("_native_batch_norm_legit", "input, weight, bias, running_mean, running_var, training, momentum=None, eps=None", NativeBatchNorm),
        .. new AtenOperator("dropout", "input, p=0.5, training=True, inplace=False", call => call.Number("p") switch
        {
            _ when !call.Flag("training") => call.Real("input"),
            0 => call.Real("input"),
            1 => F.Scale(call.Real("input"), 0),
            _ => throw call.Lacks("no random dropout here: give a step to Functions.Dropout"),
        }).Named("feature_dropout", "dropout1d", "dropout2d", "dropout3d", "alpha_dropout"),
    ];

    internal static Variable Filled(AtenCall call, Shape shape, double value) => call.Builder.Apply(new Fill(shape, value));

    private static IReadOnlyList<Variable?> LayerNorm(AtenCall call)
    {
        var shape = new Shape(call.Integers("normalized_shape"));
        return call.Builder.ApplyAll(
            new LayerNorm(call.Number("eps")), call.Real("input"), call.RealOrNone("weight") ?? Filled(call, shape, 1), call.RealOrNone("bias") ?? Filled(call, shape, 0));
    }

    private static Variable WeightNorm(AtenCall call)
    {
        var v = call.Real("v");
        int[] axes = [.. Enumerable.Range(0, v.Shape.Rank).Where(a => call.Integer("dim") == -1 || a != v.Shape.Axis(call.Integer("dim")))];
        return F.Multiply(v, F.Divide(call.Real("g"), v.VectorNorm(2, true, axes)));
    }

    private static Variable CosineSimilarity(AtenCall call)
    {
        var (x, y) = (call.Real("x1"), call.Real("x2"));
        bool scalars = x.Shape.Rank == 0 && y.Shape.Rank == 0;
        (x, y) = scalars ? (x.Reshape(new Shape(1)), y.Reshape(new Shape(1))) : (x, y);
        return F.CosineSimilarity(x, y, call.Integer("dim"), call.Number("eps"));
    }

    private static Variable InstanceNorm(AtenCall call) => call.Flag("use_input_stats")
        ? F.InstanceNorm(call.Real("input"), call.RealOrNone("weight"), call.RealOrNone("bias"), call.Number("eps"))
        : BatchNorm(call);

    // The mean and the inverse deviation are those of the batch; without training there are none.
    private static IReadOnlyList<Variable?> NativeBatchNorm(AtenCall call)
    {
        bool bare = call["running_mean"] is bool;
        bool updates = !call.Parameters.Contains("training");
        double epsilon = call.Number(bare ? "training" : "eps");
        var x = call.Real("input");
        var channels = x.Shape.Rank > 1 ? new Shape(x.Shape[1]) : throw call.Lacks($"N×C×…, given {x.Shape}");
        var (weight, bias) = (call.RealOrNone("weight") ?? Filled(call, channels, 1), call.RealOrNone("bias") ?? Filled(call, channels, 0));
        if (!bare && !updates && !call.Flag("training"))
        {
            return [F.BatchNormInference(x, weight, bias, call.Real("running_mean"), call.Real("running_var"), epsilon), null, null];
        }

        var results = call.Builder.ApplyAll(new BatchNorm(epsilon), x, weight, bias);
        return [results[0], results[1], F.Rsqrt(F.Add(results[2], epsilon))];
    }

    private static Variable BatchNorm(AtenCall call)
    {
        var x = call.Real("input");
        var channels = x.Shape.Rank > 1 ? new Shape(x.Shape[1]) : throw call.Lacks($"N×C×…, given {x.Shape}");
        var weight = call.RealOrNone("weight") ?? Filled(call, channels, 1);
        var bias = call.RealOrNone("bias") ?? Filled(call, channels, 0);
        return (call.Parameters.Contains("training") && call.Flag("training")) || !call.Has("running_mean")
            ? F.BatchNorm(x, weight, bias, call.Number("eps"))
            : F.BatchNormInference(x, weight, bias, call.Real("running_mean"), call.Real("running_var"), call.Number("eps"));
    }
}
