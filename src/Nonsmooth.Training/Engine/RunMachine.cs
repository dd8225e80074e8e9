using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;
using Nonsmooth.Tensors;

namespace Nonsmooth.Training.Engine;

/// <summary>What the last bits of a run can depend on beside its settings: the instructions its kernels are made of, and the libraries.</summary>
public static class RunMachine
{
    private const string Capability = "ATEN_CPU_CAPABILITY";

    // Not a multiple of a register's width.
    private const int ProbeSize = 333;

    /// <summary>What this process has, by name; libtorch's version is 0.0 until it is loaded.</summary>
    public static IReadOnlyDictionary<string, string> Now => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["instructions"] = Instructions,
        ["vector"] = $"{8 * System.Numerics.Vector<byte>.Count} bits",
        ["libtorch"] = LibTorchLibrary.Version.ToString(),
        ["runtime"] = Environment.Version.ToString(),
        ["release"] = typeof(RunMachine).Assembly.GetName().Version?.ToString() ?? "",
    };

    /// <summary>The same and <see cref="Probe"/>, by name: what ranks must have in common to compute the same.</summary>
    /// <exception cref="NonsmoothException">libtorch cannot be found.</exception>
    public static Dictionary<string, string> Facts() => new(Now) { ["bits of a product of matrices"] = Probe() };

    /// <summary>SHA-256 of a product of two matrices that are drawn, in single precision on one thread: what the kernels of this processor and library give.</summary>
    /// <exception cref="NonsmoothException">libtorch cannot be found.</exception>
    public static string Probe()
    {
        var type = TensorType.Real(new Shape(ProbeSize, ProbeSize));
        using var compiled = new LibTorchExecutor().Compile(Program.Trace((a, b) => Functions.MatMul(a, b), type, type));
        using var threads = LibTorchThreads.Use(1);
        float[] numbers = new float[ProbeSize * ProbeSize];
        new CounterRandom(1).FillNormal(numbers);
        using var factor = TorchTensor.FromSpan<float>(numbers, [ProbeSize, ProbeSize]);
        using var product = compiled.Call(factor, factor)[0];
        return Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(product.AsSpan<float>())));
    }

    // libtorch does not say which path it took; it takes the widest that there is, or that the variable allows.
    private static string Instructions => Environment.GetEnvironmentVariable(Capability) is { Length: > 0 } asked
        ? asked.ToLowerInvariant()
        : Avx512BW.IsSupported && Avx512DQ.IsSupported && Avx512F.VL.IsSupported ? "avx512" : Avx2.IsSupported && Fma.IsSupported ? "avx2" : "default";

    /// <summary>What differs from what a run was saved with, in words; nothing for a run whose release did not write it.</summary>
    public static IEnumerable<string> Differences(IReadOnlyDictionary<string, string> saved) =>
        from now in Now
        where saved.TryGetValue(now.Key, out string? was) && was != now.Value
        select $"with {now.Key} {saved[now.Key]} and goes on with {now.Key} {now.Value}";
}
