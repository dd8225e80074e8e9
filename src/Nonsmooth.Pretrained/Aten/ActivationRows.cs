using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.Aten;

/// <summary>Activations.</summary>
internal static class ActivationRows
{
    public static IEnumerable<AtenOperator> Rows =>
    [
        Row.One("relu", F.Relu), Row.One("relu6", F.Relu6), Row.One("silu", F.Silu), Row.One("selu", F.Selu), Row.One("hardswish", F.Hardswish), Row.One("hardsigmoid", F.Hardsigmoid),
        new("gelu", "self, *, approximate='none'", call => F.Gelu(call.Real("self"), call.Text("approximate") == "tanh")),
        new("elu", "self, alpha=1, scale=1, input_scale=1", call => call.Number("scale") == 1 && call.Number("input_scale") == 1
            ? F.Elu(call.Real("self"), call.Number("alpha"))
            : throw call.Lacks("no scales")),
        new("nn.functional.elu", "self, alpha=1, inplace=False", call => F.Elu(call.Real("self"), call.Number("alpha"))),
        new("leaky_relu", "self, negative_slope=0.01, inplace=False", call => F.LeakyRelu(call.Real("self"), call.Number("negative_slope"))),
        new("hardtanh", "self, min_val=-1, max_val=1, inplace=False", call => call.Number("min_val") == -1 && call.Number("max_val") == 1
            ? F.Hardtanh(call.Real("self"))
            : F.Clamp(call.Real("self"), call.Number("min_val"), call.Number("max_val"))),
        new("softplus", "self, beta=1, threshold=20", call => call.Number("beta") == 1 && call.Number("threshold") >= 20
            ? F.Softplus(call.Real("self"))
            : throw call.Lacks("beta 1 and a threshold of 20 or more")),
        new("softmax", "self, dim=None, _stacklevel=3, dtype=None", call => Shapes.Along(call.Real("self"), Dim(call), (x, a) => F.Softmax(x, a))),
        new("log_softmax", "self, dim=None, _stacklevel=3, dtype=None", call => Shapes.Along(call.Real("self"), Dim(call), (x, a) => F.LogSoftmax(x, a))),
        new("_softmax", "self, dim, half_to_float=False", call => Shapes.Along(call.Real("self"), call.Integer("dim"), (x, a) => F.Softmax(x, a))),
        new("_log_softmax", "self, dim, half_to_float=False", call => Shapes.Along(call.Real("self"), call.Integer("dim"), (x, a) => F.LogSoftmax(x, a))),
        new("nn.functional.softmin", "self, dim=None, _stacklevel=3, dtype=None", call => Shapes.Along(F.Negate(call.Real("self")), Dim(call), (x, a) => F.Softmax(x, a))),
    ];

    private static int Dim(AtenCall call) => call.Has("dim") ? call.Integer("dim") : throw call.Lacks("an axis");
}
