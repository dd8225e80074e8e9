namespace Nonsmooth.LibTorch.Native;

/// <summary>Calls any ATen operator by name through libtorch's dispatcher.</summary>
/// <remarks>
/// The stack holds every argument of the operator's schema in order, defaults included, and is at least as long as the
/// number of results; results replace its first slots. The call owns its arguments whether it succeeds or fails.
/// Arguments of schema type <c>Scalar</c> are refused by libtorch: see README.md in this folder for the other
/// spellings.
/// </remarks>
internal static unsafe class Dispatcher
{
    /// <summary>Calls the operator; the results are in the first slots.</summary>
    /// <exception cref="LibTorchException">libtorch refused, with its reason.</exception>
    public static void Call(OperatorName op, Span<ulong> stack)
    {
        ThreadState.Enter();
        int code;
        fixed (ulong* slots = stack)
        {
            code = Abi.CallDispatcher(op.Name, op.Overload, slots, Abi.Version);
        }

        Abi.Check(code, op.Text);
    }

    /// <summary>Calls an operator with one tensor result, which the caller owns.</summary>
    public static TensorHandle Call1(OperatorName op, Span<ulong> stack)
    {
        Call(op, stack);
        return new TensorHandle((nint)stack[0]);
    }

    /// <summary>Calls an operator with two tensor results, which the caller owns.</summary>
    public static (TensorHandle First, TensorHandle Second) Call2(OperatorName op, Span<ulong> stack)
    {
        Call(op, stack);
        return (new TensorHandle((nint)stack[0]), new TensorHandle((nint)stack[1]));
    }

    /// <summary>Calls an operator with three tensor results, which the caller owns; some may be undefined.</summary>
    public static (TensorHandle First, TensorHandle Second, TensorHandle Third) Call3(OperatorName op, Span<ulong> stack)
    {
        Call(op, stack);
        return (new TensorHandle((nint)stack[0]), new TensorHandle((nint)stack[1]), new TensorHandle((nint)stack[2]));
    }

    /// <summary>Calls an in-place operator: its result is its own argument, so the extra handle is released.</summary>
    public static void CallInPlace(OperatorName op, Span<ulong> stack)
    {
        Call(op, stack);
        new TensorHandle((nint)stack[0]).Delete();
    }
}
