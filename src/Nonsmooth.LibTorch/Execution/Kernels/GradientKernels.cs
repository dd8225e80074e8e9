using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Rows of derivatives that are one function: of smooth elementwise functions and of softmax.</summary>
internal static class GradientKernels
{
    private static readonly OperatorName _softmax = new("_softmax_backward_data");
    private static readonly OperatorName _logSoftmax = new("_log_softmax_backward_data");

    public static void Register(Dictionary<Type, Func<Node, LoweringContext, Kernel?>> table)
    {
        table.Add<UnaryGradient<Gelu>>((f, n, c) => RuleLoops.Derivative(f.Rule, n, c));
        table.Add<UnaryGradient<Silu>>((_, n, c) => RuleLoops.SiluDerivative(n, c));
        table.Add<UnaryGradient<Sigmoid>>((_, n, c) => RuleLoops.SigmoidDerivative(n, c));
        table.Add<UnaryGradient<Tanh>>((_, n, c) => RuleLoops.TanhDerivative(n, c));
        table.Add<SoftmaxGradient>((f, n, c) => Lines(_softmax, n, f.Axis, c.Storage));
        table.Add<LogSoftmaxGradient>((f, n, c) => Lines(_logSoftmax, n, f.Axis, c.Storage));
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
