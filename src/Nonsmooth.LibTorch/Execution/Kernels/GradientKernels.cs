using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Rows of derivatives that are one function: of smooth elementwise functions and of softmax.</summary>
internal static class GradientKernels
{
    private static readonly OperatorName _gelu = new("gelu_backward");
    private static readonly OperatorName _silu = new("silu_backward");
    private static readonly OperatorName _sigmoid = new("sigmoid_backward");
    private static readonly OperatorName _tanh = new("tanh_backward");
    private static readonly OperatorName _softmax = new("_softmax_backward_data");
    private static readonly OperatorName _logSoftmax = new("_log_softmax_backward_data");

    public static void Register(Dictionary<Type, Func<Node, LoweringContext, Kernel?>> table)
    {
        table.Add<UnaryGradient<Gelu>>((f, n, c) => RuleLoops.Derivative(f.Rule, n, c) ?? Gelued(n, f.Rule.Approximate));
        table.Add<UnaryGradient<Silu>>((_, n, c) => RuleLoops.SiluDerivative(n, c) ?? Exchanged(_silu, n));
        table.Add<UnaryGradient<Sigmoid>>((_, n, _) => Exchanged(_sigmoid, n));
        table.Add<UnaryGradient<Tanh>>((_, n, _) => Exchanged(_tanh, n));
        table.Add<SoftmaxGradient>((f, n, c) => Lines(_softmax, n, f.Axis, c.Storage));
        table.Add<LogSoftmaxGradient>((f, n, c) => Lines(_logSoftmax, n, f.Axis, c.Storage));
    }

    // libtorch's backward operators take the cotangent first.
    private static Kernel Exchanged(OperatorName op, Node node)
    {
        int at = node.Arguments[0];
        int g = node.Arguments[1];
        int y = node.Results[0];
        return values => values[y] = Dispatcher.Call1(op, [Slot.Of(values[g]), Slot.Of(values[at])]);
    }

    private static Kernel Gelued(Node node, bool approximate)
    {
        int x = node.Arguments[0];
        int g = node.Arguments[1];
        int y = node.Results[0];
        return values => values[y] = Dispatcher.Call1(
            _gelu, [Slot.Of(values[g]), Slot.Of(values[x]), approximate ? Slot.Of("tanh"u8) : Slot.Of("none"u8)]);
    }

    private static Kernel Lines(OperatorName op, Node node, int axis, TorchDtype storage)
    {
        int at = node.Arguments[0];
        int g = node.Arguments[1];
        int y = node.Results[0];
        return values => values[y] = Dispatcher.Call1(
            op, [Slot.Of(values[g]), Slot.Of(values[at]), Slot.Of((long)axis), Slot.Of(storage)]);
    }
}
