using System.Runtime.Intrinsics.X86;
using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.Training.Engine;

/// <summary>What the last bits of a run can depend on beside its settings: the instructions its kernels are made of, and the libraries.</summary>
internal static class RunMachine
{
    private const string Capability = "ATEN_CPU_CAPABILITY";

    /// <summary>What this process has, by name.</summary>
    public static IReadOnlyDictionary<string, string> Now => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["instructions"] = Instructions,
        ["vector"] = $"{8 * System.Numerics.Vector<byte>.Count} bits",
        ["libtorch"] = LibTorchLibrary.Version.ToString(),
        ["runtime"] = Environment.Version.ToString(),
        ["release"] = typeof(RunMachine).Assembly.GetName().Version?.ToString() ?? "",
    };

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
