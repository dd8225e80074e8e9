using Nonsmooth.LibTorch.Native;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Execution;

/// <summary>Plans programs for execution by libtorch's kernels.</summary>
/// <remarks>
/// A function without a kernel of its own is written out over functions that have one; where that is not
/// possible it runs on the interpreter, in the same format, and <see cref="CompiledProgram.HostNodes"/> names it.
/// </remarks>
public sealed class LibTorchExecutor
{
    private readonly ExecutionOptions _options;

    /// <summary>Loads libtorch, if it is not loaded, and remembers how to execute.</summary>
    /// <exception cref="NonsmoothException">libtorch cannot be found, lacks an entry or has no CUDA for a GPU; the message says what to do.</exception>
    public LibTorchExecutor(ExecutionOptions? options = null)
    {
        _options = options ?? new ExecutionOptions();
        LibTorchLibrary.Load(new LibTorchOptions { Cuda = _options.Device.Kind == DeviceKind.Cuda ? true : null });
    }

    /// <summary>Plans a program: once, to be run many times.</summary>
    public CompiledProgram Compile(Program program) => new(Lowering.Prepare(program, _options), _options);
}
