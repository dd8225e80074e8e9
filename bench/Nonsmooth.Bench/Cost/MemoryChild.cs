using System.Diagnostics;
using System.Globalization;
using Nonsmooth.Checkpointing;
using Nonsmooth.Dictionary;
using Nonsmooth.Differentiation;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Bench.Cost;

// The class of the top-level statements would hide it.
using Program = Nonsmooth.Programs.Program;

/// <summary>The measured memory of a gradient: what a fresh process's resident set grows by at most while it runs once.</summary>
/// <remarks>
/// The base is taken after libtorch is loaded and LeNet-5 has run at batch 1, and a product of matrices. The child's malloc maps every block of at
/// least 128 KiB by itself and gives it back when it is freed, and keeps no larger top: without these fixed settings
/// glibc moves its limit with what was freed before, and what is held depends on history.
/// </remarks>
internal static class MemoryChild
{
    private const double Mebi = 1 << 20;

    private static readonly (string Name, string Value)[] _malloc =
        [("MALLOC_MMAP_THRESHOLD_", "131072"), ("MALLOC_TRIM_THRESHOLD_", "131072"), ("MALLOC_TOP_PAD_", "0"), ("MALLOC_ARENA_MAX", "1"), ("DOTNET_TieredCompilation", "0")];

    /// <summary>Bytes, of a child of its own.</summary>
    public static long Measure(string name, int batch) =>
        long.Parse(Text("memory", "child", name, batch.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);

    /// <summary>What a child prints.</summary>
    public static string Text(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Nonsmooth.Bench")) { RedirectStandardOutput = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (key, value) in _malloc)
        {
            start.Environment[key] = value;
        }

        using var child = Process.Start(start)!;
        string text = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return child.ExitCode == 0
            ? text.Trim()
            : throw new NonsmoothException($"the measurement {string.Join(' ', arguments)} ended with {child.ExitCode}");
    }

    /// <summary>The child's part: prints the bytes, before them a line a node if asked.</summary>
    public static int Run(string name, int batch, bool nodes)
    {
        var gradient = Models.Find(name).Build(batch).Gradient();
        WarmUp();
        long grown = Once(gradient, nodes, out var lines);
        lines.ForEach(Console.WriteLine);
        Console.WriteLine(grown.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    /// <summary>Runs what makes the base of a measurement.</summary>
    public static void WarmUp()
    {
        LibTorchThreads.Count = 1;
        Once(Models.Find("lenet5").Build(1).Gradient(), false, out _);
        Once(Product(), false, out _);
    }

    // The library of matrix products keeps buffers from its first large product on, whatever the program.
    private static Program Product() => Program.Trace(
        [("a", TensorType.Real(new Shape(1024, 1024))), ("b", TensorType.Real(new Shape(1024, 1024)))],
        v => [("y", Functions.MatMul(v[0], v[1]).Mean(0, 1))]).Backprop(new BackpropOptions { WithRespectTo = ["a", "b"] });

    private static long Once(Program gradient, bool nodes, out List<string> lines)
    {
        using var resident = new ResidentMemory();
        using var compiled = new LibTorchExecutor().Compile(gradient);
        var held = LivenessSimulator.Simulate(compiled.Program).During;
        var seen = new (long Most, long Now, long Files)[held.Count];
        int at = 0;
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        long before = resident.Now;
        long files = resident.Files;
        TorchTensor[] inputs = [.. SampleInputs.Of(gradient)];
        GC.Collect();
        resident.Reset();
        if (nodes)
        {
            compiled.Observer = (_, _) =>
            {
                seen[at++] = (resident.Most, resident.Now, resident.Files);
                resident.Reset();
            };
        }

        compiled.Run(inputs);
        long grown = resident.Most - before;
        foreach (var input in inputs)
        {
            input.Dispose();
        }

        lines = [.. seen.Take(at).Select((s, n) => (Seen: s, Node: compiled.Program.Nodes[n], Held: held[n])).Select(n => string.Create(
            CultureInfo.InvariantCulture,
            $"{n.Node.Name,-40} most {(n.Seen.Most - before) / Mebi,8:F2}, at its end {(n.Seen.Now - before) / Mebi,8:F2}: held {n.Held / Mebi,8:F2}, code {(n.Seen.Files - files) / Mebi,5:F2}, other {(n.Seen.Now - n.Seen.Files - before + files - n.Held) / Mebi,6:F2}; in the kernel {(n.Seen.Most - n.Seen.Now) / Mebi,6:F2} {n.Node.Function.Name} {string.Join(' ', n.Node.Arguments.Select(a => compiled.Program.Types[a]))}"))];
        return grown;
    }
}
