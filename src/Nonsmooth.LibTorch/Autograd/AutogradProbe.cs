using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Autograd;

/// <summary>Measures libtorch's own autograd: its forward functions, its derivative formulas, its engine.</summary>
/// <remarks>
/// The stable C interface can turn recording on (<c>torch_set_requires_grad</c>) and run the engine
/// (<c>aten::_backward</c>), but has no accessor for the accumulated gradient. The engine takes over a first gradient that
/// nobody else refers to, memory included, and adds later ones in place: so a leaf is first sent a zero gradient through
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
        var answer = Ask(TorchDtype.Float64, [new([point.Count], point)], x => function(x[0]), Ones);
        return new(answer.Value, answer.Gradients?[0] ?? throw new LibTorchException("_backward", "the value does not depend on the point by anything that libtorch differentiates"));
    }

    /// <summary>Differentiates a function of several tensors.</summary>
    /// <param name="dtype">The format of the arguments, of constants, and of the computation.</param>
    /// <param name="arguments">The arguments, exact in the format.</param>
    /// <param name="function">Builds the function from the arguments' tensors.</param>
    /// <param name="cotangent">The upstream gradient for so many values.</param>
    /// <exception cref="NonsmoothException">libtorch refuses an operator, lacks one, or no longer accumulates gradients in place.</exception>
    public static AutogradAnswer Ask(
        TorchDtype dtype,
        IReadOnlyList<AutogradInput> arguments,
        Func<IReadOnlyList<AutogradTensor>, AutogradTensor> function,
        Func<int, IReadOnlyList<double>> cotangent)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(cotangent);
        return Checked.Value ? Run(dtype, arguments, function, cotangent) : throw new NonsmoothException(
            $"libtorch in '{LibTorchLibrary.Folder}' does not accumulate gradients in place: its autograd cannot be read through the C interface, use libtorch 2.10.");
    }

    private static bool Check() =>
        Run(TorchDtype.Float64, [new([2], [3, -2])], static x => x[0].Call("mul", "Tensor", x[0]), Ones).Gradients?[0] is [6, -4];

    private static double[] Ones(int count) => [.. Enumerable.Repeat(1.0, count)];

    private static AutogradAnswer Run(
        TorchDtype dtype,
        IReadOnlyList<AutogradInput> arguments,
        Func<IReadOnlyList<AutogradTensor>, AutogradTensor> function,
        Func<int, IReadOnlyList<double>> cotangent)
    {
        using var scope = new AutogradScope(dtype);
        AutogradTensor[] leaves = [.. arguments.Select(a => scope.Constant([.. a.Data], [.. a.Sizes]))];
        AutogradTensor[] seen = [.. arguments.Select(a => scope.Keep(TensorFactory.Zeros([a.Data.Count, 1], dtype, Device.Cpu)))];
        AutogradTensor result;
        Native.ThreadState.Record(true);
        try
        {
            foreach (var (leaf, zero) in leaves.Zip(seen))
            {
                Abi.Check(Abi.SetRequiresGradient(leaf.Handle.Value, 1), "torch_set_requires_grad");
                var view = scope.Keep(Dispatcher.Call1(ViewAs, [Slot.Of(leaf.Handle), Slot.Of([leaf.Handle.ElementCount, 1L])]));
                Send(view, zero.Handle);
            }

            result = function(leaves);
        }
        finally
        {
            Native.ThreadState.Record(false);
        }

        double[] value = result.ToArray();
        try
        {
            Send(result, scope.Constant([.. cotangent(value.Length)], result.Handle.Sizes).Handle);
        }
        catch (LibTorchException e) when (e.Message.Contains("does not require grad", StringComparison.Ordinal))
        {
            return new([.. result.Handle.Sizes], value, null);
        }

        return new([.. result.Handle.Sizes], value, [.. seen.Select(s => s.ToArray())]);
    }

    // _backward(Tensor self, Tensor[] inputs, Tensor? gradient, bool? retain_graph, bool create_graph) -> ()
    private static void Send(AutogradTensor output, TensorHandle gradient)
    {
        Dispatcher.Call(Backward, [Slot.Of(output.Handle), Slot.Of(ReadOnlySpan<TensorHandle>.Empty), Slot.Optional(gradient), Slot.None, Slot.Of(false)]);
    }
}
