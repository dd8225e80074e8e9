using Nonsmooth.Checkpointing;
using Nonsmooth.Differentiation;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Measurement;

/// <summary>The memory that a step of training takes, in bytes, by the executor's own plan and without running it.</summary>
/// <param name="Parameters">The inputs whose gradients the program gives.</param>
/// <param name="Gradients">Their gradients, all together.</param>
/// <param name="OptimizerState">What the optimizer keeps for them.</param>
/// <param name="Data">The other inputs.</param>
/// <param name="Saved">At the peak: what the forward part made and the backward part still needs.</param>
/// <param name="Temporaries">At the peak: everything else that is no output.</param>
/// <param name="Workspace">At the process's peak: what the running kernel takes and gives back, the pages that blocks do not fill, and what kernels leave in the process when they first run.</param>
/// <param name="Peak">The most that the plan holds at once, parameters and optimizer state included.</param>
/// <param name="PeakNode">The node of the executed program that runs then.</param>
/// <param name="ProcessPeak">The most that is held with the kernels' workspaces: convolutions copy what they take and give into blocks of channels.</param>
/// <remarks>
/// The process's peak is that of an allocator that gives freed blocks back to the system, as glibc's malloc does with a
/// fixed MALLOC_MMAP_THRESHOLD_; one that keeps them (<see cref="Native.LibTorchMemory.KeepFreed"/>) holds more, by what its holes
/// come to. Not counted: rounding of small blocks, and the process without the program.
/// </remarks>
public sealed record MemoryPrediction(
    long Parameters, long Gradients, long OptimizerState, long Data, long Saved, long Temporaries, long Workspace, long Peak, string PeakNode, long ProcessPeak)
{
    // What is converted where it is read lies in 16 bits.
    private const int NarrowBytes = 2;

    /// <summary>Parameters of which the program gives no gradient: frozen ones.</summary>
    public long Frozen { get; init; }

    /// <summary>Predicts it from a gradient program.</summary>
    /// <param name="gradient">The program; what backprop made says which inputs are parameters, another has none.</param>
    /// <param name="states">Numbers of 32 bits that the optimizer keeps a parameter: 2 for AdamW and INNAprop.</param>
    /// <param name="options">How it is executed.</param>
    public static MemoryPrediction Of(Program gradient, int states = 2, ExecutionOptions? options = null)
    {
        options ??= new ExecutionOptions();
        int real = options.Storage.ElementSize();
        using var compiled = new LibTorchExecutor(options).Compile(gradient);
        var plan = LivenessSimulator.Simulate(compiled.Program, real);
        long numbers = (gradient as GradientProgram)?.GradientElements ?? 0;
        long state = numbers * sizeof(float) * states;
        var at = plan.AtPeak;
        var late = compiled.Program.Inputs.Where(i => options.ConvertedWhereRead.Contains(i.Name)).Select(i => i.Value).ToHashSet();
        long Elements(IEnumerable<int> values) => values.Sum(v => compiled.Program.Types[v].Shape.Count64);
        long narrower = Elements(late) * (real - NarrowBytes);
        long[] during = [.. compiled.Program.Nodes.Select((node, n) => plan.During[n] - narrower + (real * Elements(node.Arguments.Where(late.Contains).Distinct())))];
        long peak = during.Length == 0 ? plan.Peak : during.Max();
        long frozen = Math.Max(0, Elements(compiled.Program.Inputs.Where(i => i.Role == InputRole.Parameter).Select(i => i.Value)) - numbers);
        int most = 0;
        long[] pages = MappedBlocks.Extra(compiled.Program, plan, real);
        long[] residue = KernelResidue.Of(compiled.Program, options);
        long[] workspaces = [.. compiled.Program.Nodes.Select((node, n) => ConvolutionWorkspace.Of(compiled.Program, node, options) + pages[n] + residue[n])];
        for (int n = 1; n < workspaces.Length; n++)
        {
            most = during[n] + workspaces[n] > during[most] + workspaces[most] ? n : most;
        }

        long workspace = workspaces.Length == 0 ? 0 : workspaces[most];
        long process = workspaces.Length == 0 ? plan.Peak : during[most] + workspace;
        return new MemoryPrediction(
            numbers * real, numbers * real, state, at.Inputs - ((numbers + frozen) * real), at.Saved, at.Temporaries, workspace, peak + state, late.Count == 0 ? plan.PeakNode : compiled.Program.Nodes[Array.IndexOf(during, peak)].Name, process + state)
        {
            Frozen = (frozen * real) - narrower,
        };
    }

    /// <summary>The largest batch whose process peak fits into a budget; 0 if not even one example does.</summary>
    /// <param name="budget">Bytes.</param>
    /// <param name="gradient">The gradient program at a batch size; its peak must grow with it.</param>
    /// <param name="states">As for <see cref="Of"/>.</param>
    /// <param name="options">As for <see cref="Of"/>.</param>
    /// <param name="limit">No larger batch is tried.</param>
    public static int Fits(long budget, Func<int, Program> gradient, int states = 2, ExecutionOptions? options = null, int limit = 1 << 16)
    {
        bool Fit(int batch) => Of(gradient(batch), states, options).ProcessPeak <= budget;
        if (!Fit(1))
        {
            return 0;
        }

        int fits = 1;
        while (fits < limit && Fit(Math.Min(limit, 2 * fits)))
        {
            fits = Math.Min(limit, 2 * fits);
        }

        int tooLarge = Math.Min(limit, 2 * fits) + (fits == limit ? 1 : 0);
        while (tooLarge - fits > 1)
        {
            int middle = fits + ((tooLarge - fits) / 2);
            (fits, tooLarge) = Fit(middle) ? (middle, tooLarge) : (fits, middle);
        }

        return fits;
    }
}
