namespace Nonsmooth.LibTorch;

/// <summary>A libtorch call failed: the message is one line, the operator and libtorch's own reason.</summary>
/// <remarks>
/// libtorch reports most misuse (shapes that do not fit, an unknown operator, a dtype a kernel lacks) this way and the
/// process goes on. The tensors handed to the failed call are released; an in-place operator may have written part of
/// its result.
/// </remarks>
public sealed class LibTorchException : NonsmoothException
{
    /// <summary>Creates the exception for one failed call.</summary>
    /// <param name="operation">The operator or entry that failed, as libtorch names it.</param>
    /// <param name="reason">libtorch's reason without its C++ stack.</param>
    public LibTorchException(string operation, string reason)
        : base($"libtorch refused {operation}: {reason}")
    {
        Operation = operation;
        Reason = reason;
    }

    /// <summary>The operator or entry that failed, such as <c>aten::mm</c>.</summary>
    public string Operation { get; }

    /// <summary>libtorch's reason, on one line, without its C++ stack.</summary>
    public string Reason { get; }
}
