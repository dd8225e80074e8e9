using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.Aten;

/// <summary>Activations.</summary>
internal static class ActivationRows
{
    public static IEnumerable<AtenOperator> Rows =>
    [
        Row.One("relu", F.Relu), Row.One("relu6", F.Relu6), Row.One("silu", F.Silu), Row.One("selu", F.Selu), Row.One("hardswish", F.Hardswish), Row.One("hardsigmoid", F.Hardsigmoid),
        new("gelu", "self, *, approximate='none'", call => F.Gelu(call.Real("self"), call.Text("approximate") == "tanh")),
        new("elu", "self, alpha=1, scale=1, input_scale=1", call => call.Number("input_scale") == 1
            ? F.Selu(call.Real("self"), call.Number("alpha"), call.Number("scale"))
            : throw call.Lacks("an input scale of 1")),
        new("nn.functional.elu", "self, alpha=1, inplace=False", call => F.Elu(call.Real("self"), call.Number("alpha"))),
        new("leaky_relu", "self, negative_slope=0.01, inplace=False", call => F.LeakyRelu(call.Real("self"), call.Number("negative_slope"))),
        new("hardtanh", "self, min_val=-1, max_val=1, inplace=False", call => call.Number("min_val") == -1 && call.Number("max_val") == 1
            ? F.Hardtanh(call.Real("self"))
            : F.Clamp(call.Real("self"), call.Number("min_val"), call.Number("max_val"))),
        new("softplus", "self, beta=1, threshold=20", call => F.Softplus(call.Real("self"), call.Number("beta"), call.Number("threshold"))),
        Row.One("mish", F.Mish), Row.One("softsign", F.Softsign), Row.One("tanhshrink", F.Tanhshrink), .. Row.One("log_sigmoid", F.LogSigmoid).Named("logsigmoid"),
        new("celu", "self, alpha=1, inplace=False", call => F.Celu(call.Real("self"), call.Number("alpha"))),
        new("softshrink", "self, lambd=0.5", call => F.Softshrink(call.Real("self"), call.Number("lambd"))),
        new("hardshrink", "self, lambd=0.5", call => F.Hardshrink(call.Real("self"), call.Number("lambd"))),
        new("threshold", "self, threshold, value, inplace=False", call => F.Threshold(call.Real("self"), call.Number("threshold"), call.Number("value"))),
        .. new AtenOperator("prelu", "self, weight", call => F.ChannelPrelu(call.Real("self"), call.Real("weight"))).Named("_prelu_kernel"),
        new("rrelu", "self, lower=0.125, upper=0.3333333333333333, training=False, inplace=False", call => call.Flag("training") && call.Number("lower") != call.Number("upper")
            ? throw call.Lacks("no random slopes")
            : F.LeakyRelu(call.Real("self"), (call.Number("lower") + call.Number("upper")) / 2)),
        new("glu", "self, dim=-1", call => F.Glu(call.Real("self"), call.Integer("dim"))),
        new("_safe_softmax", "self, dim, dtype=None", call => Shapes.Along(call.Real("self"), call.Integer("dim"), (x, a) => F.SafeSoftmax(x, a))),
        new("_softmax_backward_data", "grad_output, output, dim, input_dtype", call => Backward(call)),
        new("softmax", "self, dim=None, _stacklevel=3, dtype=None", call => Shapes.Along(call.Real("self"), Dim(call), (x, a) => F.Softmax(x, a))),
        new("log_softmax", "self, dim=None, _stacklevel=3, dtype=None", call => Shapes.Along(call.Real("self"), Dim(call), (x, a) => F.LogSoftmax(x, a))),
        new("_softmax", "self, dim, half_to_float=False", call => Shapes.Along(call.Real("self"), call.Integer("dim"), (x, a) => F.Softmax(x, a))),
        new("_log_softmax", "self, dim, half_to_float=False", call => Shapes.Along(call.Real("self"), call.Integer("dim"), (x, a) => F.LogSoftmax(x, a))),
        new("nn.functional.softmin", "self, dim=None, _stacklevel=3, dtype=None", call => Shapes.Along(F.Negate(call.Real("self")), Dim(call), (x, a) => F.Softmax(x, a))),
    ];

    private static Variable Backward(AtenCall call)
    {
        var (g, y) = (call.Real("grad_output"), call.Real("output"));
        return y.Shape.Rank == 0 ? F.Multiply(F.Multiply(y, g), F.Add(F.Negate(y), 1)) : call.Builder.Apply(new SoftmaxGradient(y.Shape.Axis(call.Integer("dim"))), y, g);
    }

    private static int Dim(AtenCall call) => call.Has("dim") ? call.Integer("dim") : throw call.Lacks("an axis");
}
