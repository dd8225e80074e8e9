using Nonsmooth.Cost;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Measurement;

/// <summary>Prices programs for the choice of a mode by running each a few times on libtorch.</summary>
/// <remarks>On the CPU in single precision, with the values of <see cref="SampleInputs"/> and the number of threads in force.</remarks>
public static class LibTorchTrial
{
    /// <summary>A price for <see cref="ModeOptions.ProgramPrice"/>.</summary>
    /// <param name="options">How long each is tried; the defaults, and the steadiest clock, without any.</param>
    /// <remarks>It makes the process keep the memory of released tensors: see <see cref="LibTorchMemory.KeepFreed"/>.</remarks>
    public static TrialPrice Price(TrialOptions? options = null)
    {
        LibTorchMemory.KeepFreed();
        return new TrialPrice(Prepare, options ?? new TrialOptions { Clock = ThreadClock.Steadiest });
    }

    private static (Action Run, IDisposable? Owned) Prepare(Program program)
    {
        var compiled = new LibTorchExecutor().Compile(program);
        TorchTensor[] inputs = [.. SampleInputs.Of(program)];
        return (() => compiled.Run(inputs), new Owned(compiled, inputs));
    }

    private sealed class Owned(CompiledProgram program, IReadOnlyList<TorchTensor> inputs) : IDisposable
    {
        public void Dispose()
        {
            program.Dispose();
            foreach (var input in inputs)
            {
                input.Dispose();
            }
        }
    }
}
