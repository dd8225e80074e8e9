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

    private static string Architecture => System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString();

    /// <summary>This machine and process. Loads libtorch.</summary>
    public static MachineIdentity Current()
    {
        int threads = LibTorchThreads.Count;
        string library = LibTorchLibrary.Version + (LibTorchLibrary.UsesOneDnn ? "" : " without oneDNN");
        return new MachineIdentity(Named(_keys), Environment.ProcessorCount, library, threads);
    }

    /// <summary>The model of this machine's processor as the system names it, without what tells its steppings apart.</summary>
    public static string ProcessorModel => Named(_keys[..1]);

    private static string Named(IEnumerable<string> keys)
    {
        if (!File.Exists(ProcessorFile))
        {
            return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? Architecture;
        }

        var lines = File.ReadLines(ProcessorFile).TakeWhile(line => line.Length > 0).ToList();
        string named = string.Join(' ', keys
            .Select(key => lines.FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?.Split(':')[^1].Trim())
            .OfType<string>());
        return named.Length > 0 ? named : Architecture;
    }
}
