using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Measurement;

/// <summary>What a program and its gradient took, in seconds: each node's shortest time of several runs, added up.</summary>
/// <param name="Objective">The value alone.</param>
/// <param name="Gradient">Value and gradient.</param>
/// <remarks>
/// The two programs run in turns, so that a slow minute of the machine falls on both. See
/// <see cref="ProgramTime.Undisturbed"/> for why the nodes' shortest times are added.
/// </remarks>
public sealed record Measurement(ProgramTime Objective, ProgramTime Gradient)
{
    /// <summary>The value alone.</summary>
    public double Forward => Objective.Undisturbed;

    /// <summary>The backward sweep.</summary>
    public double Backward { get; } = Gradient.Nodes.Where(node => node.Backward).Sum(node => node.Least);

    /// <summary>Value and gradient.</summary>
    public double ForwardAndBackward => Gradient.Undisturbed;

    /// <summary>(forward + backward) / forward: what the cheap gradient principle bounds.</summary>
    public double Ratio => ForwardAndBackward / Forward;

    /// <summary>Runs both programs and takes their times, on the CPU in single precision.</summary>
    /// <param name="objective">The program of the value.</param>
    /// <param name="gradient">Its backprop; it has the same inputs.</param>
    /// <param name="options">How often; the defaults without any.</param>
    /// <param name="inputs">Values to run with, which stay the caller's; those of <see cref="SampleInputs"/> without any.</param>
    /// <exception cref="NonsmoothException">There are no repeats, or an input does not fit.</exception>
    /// <remarks>It makes the process keep the memory of released tensors: see <see cref="LibTorchMemory.KeepFreed"/>.</remarks>
    public static Measurement Of(
        Program objective, Program gradient, MeasurementOptions? options = null, IReadOnlyList<TorchTensor>? inputs = null)
    {
        options ??= new MeasurementOptions();
        if (options.Repeats < 1)
        {
            throw new NonsmoothException($"{options.Repeats} repeats measure nothing: ask for at least 1");
        }

        LibTorchMemory.KeepFreed();
        var executor = new LibTorchExecutor();
        using var value = executor.Compile(objective);
        using var both = executor.Compile(gradient);
        var samples = inputs is null ? SampleInputs.Of(gradient, options.Indices) : [];
        try
        {
            ProgramTimer[] timers = [.. new[] { value, both }.Select(program => new ProgramTimer(program, inputs ?? samples, options.Clock))];
            for (int run = -options.WarmUps; run < options.Repeats; run++)
            {
                foreach (var timer in timers)
                {
                    if (run < 0)
                    {
                        timer.WarmUp();
                    }
                    else
                    {
                        timer.Run();
                    }
                }
            }

            return new Measurement(timers[0].Result(), timers[1].Result());
        }
        finally
        {
            foreach (var sample in samples)
            {
                sample.Dispose();
            }
        }
    }
}
