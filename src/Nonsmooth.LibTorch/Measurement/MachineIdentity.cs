using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Measurement;

/// <summary>What a machine model holds for: times of another processor, libtorch or number of threads are worth nothing.</summary>
/// <param name="Processor">The model of the processor, as the system names it.</param>
/// <param name="Cores">How many it has.</param>
/// <param name="LibTorch">The version of libtorch, and whether its convolutions do without oneDNN (<see cref="LibTorchLibrary.UsesOneDnn"/>).</param>
/// <param name="Threads">Threads that an operator may use.</param>
public sealed record MachineIdentity(string Processor, int Cores, string LibTorch, int Threads)
{
    private const string ProcessorFile = "/proc/cpuinfo";

    private static readonly string[] _keys = ["model name", "cpu family", "model\t", "stepping"];

    /// <summary>This machine and process. Loads libtorch.</summary>
    public static MachineIdentity Current()
    {
        int threads = LibTorchThreads.Count;
        string library = LibTorchLibrary.Version + (LibTorchLibrary.UsesOneDnn ? "" : " without oneDNN");
        return new MachineIdentity(ProcessorName(), Environment.ProcessorCount, library, threads);
    }

    private static string ProcessorName()
    {
        if (!File.Exists(ProcessorFile))
        {
            return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString();
        }

        var lines = File.ReadLines(ProcessorFile).TakeWhile(line => line.Length > 0).ToList();
        return string.Join(' ', _keys
            .Select(key => lines.FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?.Split(':')[^1].Trim())
            .OfType<string>());
    }
}
