using Nonsmooth.Engines.Protocol;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Reliability.Engines;

namespace Nonsmooth.Cli.Engines;

/// <summary>Engines that are asked in this process: their names stand where a command would.</summary>
internal static class EnginesInProcess
{
    private static readonly Dictionary<string, Func<IEngine>> _all = new(StringComparer.Ordinal)
    {
        ["libtorch"] = LibTorch,
        ["onnxruntime"] = () => new OnnxRuntimeEngine(),
        ["nonsmooth"] = () => new OwnEngine(),
    };

    /// <summary>Their names.</summary>
    public static IEnumerable<string> Names => _all.Keys;

    /// <summary>The engine of a name; null where it is none's.</summary>
    public static IEngine? Find(string name) => _all.GetValueOrDefault(name)?.Invoke();

    private static LibTorchEngine LibTorch()
    {
        LibTorchLibrary.Load();
        return new();
    }
}
