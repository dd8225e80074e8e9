using System.Runtime.InteropServices;
using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Autograd;

/// <summary>Measures libtorch's own autograd: its forward functions, its derivative formulas, its engine.</summary>
/// <remarks>
/// The stable C interface can turn recording on (<c>torch_set_requires_grad</c>) and run the engine
/// (<c>aten::_backward</c>), but has no accessor for the accumulated gradient. The engine takes over a first gradient that
/// nobody else refers to, memory included, and adds later ones in place: so the leaf is first sent a zero gradient through
/// a view of it, whose backward is a fresh view of memory that this class holds, and reads every later gradient there.
/// </remarks>
public static unsafe class AutogradProbe
{
    private static readonly OperatorName Backward = new("_backward");
    private static readonly OperatorName ViewAs = new("view");
    private static readonly Lazy<bool> Checked = new(Check);

    /// <summary>Differentiates a function of float64 coordinates at a point; upstream gradients are 1.</summary>
    /// <param name="point">The point.</param>
    /// <param name="function">Builds the function from the point's tensor, which has one axis.</param>
    /// <exception cref="NonsmoothException">libtorch refuses an operator, lacks one, or no longer accumulates gradients in place.</exception>
    public static AutogradMeasurement Measure(IReadOnlyList<double> point, Func<AutogradTensor, AutogradTensor> function)
    {
        ArgumentNullException.ThrowIfNull(point);
        ArgumentNullException.ThrowIfNull(function);
        return Checked.Value ? Run(point, function) : throw new NonsmoothException(
            $"libtorch in '{LibTorchLibrary.Folder}' does not accumulate gradients in place: its autograd cannot be read through the C interface, use libtorch 2.10.");
    }

    private static bool Check() =>
        Run([3, -2], static x => x.Call("mul", "Tensor", x)).Gradient is [6, -4];

    private static AutogradMeasurement Run(IReadOnlyList<double> point, Func<AutogradTensor, AutogradTensor> function)
    {
        using var scope = new AutogradScope();
        long[] sizes = [point.Count];
        double[] values = [.. point];
        var leaf = scope.Keep(TensorFactory.FromBytes(MemoryMarshal.AsBytes<double>(values), sizes, TorchDtype.Float64, Device.Cpu));
        var seen = scope.Keep(TensorFactory.Zeros([point.Count, 1], TorchDtype.Float64, Device.Cpu));
        Abi.Check(Abi.SetRequiresGradient(leaf.Handle.Value, 1), "torch_set_requires_grad");
        AutogradTensor result;
        Native.ThreadState.Record(true);
        try
        {
            var view = scope.Keep(Dispatcher.Call1(ViewAs, [Slot.Of(leaf.Handle), Slot.Of([point.Count, 1L])]));
            Send(view, seen.Handle);
            result = function(leaf);
        }
        finally
        {
            Native.ThreadState.Record(false);
        }

        var one = scope.Keep(TensorFactory.Full(result.Handle.Sizes, 1, TorchDtype.Float64, Device.Cpu));
        Send(result, one.Handle);
        return new AutogradMeasurement(result.ToArray(), seen.ToArray());
    }

    // _backward(Tensor self, Tensor[] inputs, Tensor? gradient, bool? retain_graph, bool create_graph) -> ()
    private static void Send(AutogradTensor output, TensorHandle gradient)
    {
        Dispatcher.Call(Backward, [Slot.Of(output.Handle), Slot.Of(ReadOnlySpan<TensorHandle>.Empty), Slot.Optional(gradient), Slot.None, Slot.Of(false)]);
    }
}
