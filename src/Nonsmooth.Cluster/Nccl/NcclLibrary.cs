using System.Globalization;
using System.Runtime.InteropServices;

namespace Nonsmooth.Cluster;

/// <summary>NVIDIA's library for messages between GPUs, loaded at run time: the few functions that are used.</summary>
public sealed unsafe class NcclLibrary
{
    /// <summary>The environment variable that names the library to take, before all others.</summary>
    public const string Variable = "NONSMOOTH_NCCL";

    // Sends and receives came with 2.7, this way to write a version with 2.9.
    private const int Oldest = 20900;

    private static readonly string[] _names = ["libnccl.so.2", "libnccl.so"];

    private readonly nint _library;

    private NcclLibrary(nint library, string path)
    {
        (_library, Path) = (library, path);
        ErrorString = (delegate* unmanaged<NcclResult, byte*>)Export("ncclGetErrorString");
        GetUniqueId = (delegate* unmanaged<NcclUniqueId*, NcclResult>)Export("ncclGetUniqueId");
        CommInitRank = (delegate* unmanaged<nint*, int, NcclUniqueId, int, NcclResult>)Export("ncclCommInitRank");
        CommDestroy = (delegate* unmanaged<nint, NcclResult>)Export("ncclCommDestroy");
        CommAbort = (delegate* unmanaged<nint, NcclResult>)Export("ncclCommAbort");
        CommGetAsyncError = (delegate* unmanaged<nint, NcclResult*, NcclResult>)Export("ncclCommGetAsyncError");
        AllReduce = (delegate* unmanaged<nint, nint, nuint, NcclType, NcclOperation, nint, nint, NcclResult>)Export("ncclAllReduce");
        Send = (delegate* unmanaged<nint, nuint, NcclType, int, nint, nint, NcclResult>)Export("ncclSend");
        Recv = (delegate* unmanaged<nint, nuint, NcclType, int, nint, nint, NcclResult>)Export("ncclRecv");
        GroupStart = (delegate* unmanaged<NcclResult>)Export("ncclGroupStart");
        GroupEnd = (delegate* unmanaged<NcclResult>)Export("ncclGroupEnd");
        int version;
        Check(((delegate* unmanaged<int*, NcclResult>)Export("ncclGetVersion"))(&version), "ncclGetVersion");
        Code = version;
    }

    /// <summary>The name or path it was loaded by.</summary>
    public string Path { get; }

    /// <summary>Its version: "NCCL 2.21.5".</summary>
    public string Name => NameOf(Code);

    internal int Code { get; }

    internal delegate* unmanaged<NcclResult, byte*> ErrorString { get; }

    internal delegate* unmanaged<NcclUniqueId*, NcclResult> GetUniqueId { get; }

    internal delegate* unmanaged<nint*, int, NcclUniqueId, int, NcclResult> CommInitRank { get; }

    internal delegate* unmanaged<nint, NcclResult> CommDestroy { get; }

    internal delegate* unmanaged<nint, NcclResult> CommAbort { get; }

    internal delegate* unmanaged<nint, NcclResult*, NcclResult> CommGetAsyncError { get; }

    internal delegate* unmanaged<nint, nint, nuint, NcclType, NcclOperation, nint, nint, NcclResult> AllReduce { get; }

    internal delegate* unmanaged<nint, nuint, NcclType, int, nint, nint, NcclResult> Send { get; }

    internal delegate* unmanaged<nint, nuint, NcclType, int, nint, nint, NcclResult> Recv { get; }

    internal delegate* unmanaged<NcclResult> GroupStart { get; }

    internal delegate* unmanaged<NcclResult> GroupEnd { get; }

    /// <summary>Loads the library that the environment names, or the system's.</summary>
    /// <param name="why">Why there is none.</param>
    /// <returns>Null where none can be loaded or what was loaded is too old.</returns>
    public static NcclLibrary? TryLoad(out string? why) =>
        TryLoad(Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? [path] : _names, out why);

    /// <summary>Loads the first of some libraries that there is.</summary>
    /// <param name="paths">Names or paths, in order.</param>
    /// <param name="why">Why there is none.</param>
    /// <returns>As <see cref="TryLoad(out string?)"/>.</returns>
    public static NcclLibrary? TryLoad(IReadOnlyList<string> paths, out string? why)
    {
        foreach (string path in paths)
        {
            if (NativeLibrary.TryLoad(path, out nint library))
            {
                return Of(library, path, out why);
            }
        }

        why = $"no NCCL ({string.Join(", ", paths)}): install libnccl2, or set {Variable} to its path; gradients on the processor need none";
        return null;
    }

    /// <summary>The version in words.</summary>
    internal static string NameOf(int code) => code < 10000
        ? string.Create(CultureInfo.InvariantCulture, $"NCCL {code / 1000}.{code / 100 % 10}.{code % 100}")
        : string.Create(CultureInfo.InvariantCulture, $"NCCL {code / 10000}.{code / 100 % 100}.{code % 100}");

    /// <summary>Refuses an error of the library, in its words.</summary>
    /// <exception cref="CommunicationException">The result is one.</exception>
    internal void Check(NcclResult result, string call)
    {
        if (result != NcclResult.Success)
        {
            throw new CommunicationException($"{call} of {(Code == 0 ? Path : Name)} says {Marshal.PtrToStringUTF8((nint)ErrorString(result))} ({result}): NCCL_DEBUG=WARN in the environment makes it say more");
        }
    }

    private static NcclLibrary? Of(nint library, string path, out string? why)
    {
        try
        {
            var loaded = new NcclLibrary(library, path);
            why = loaded.Code < Oldest ? $"{path} is {loaded.Name}: install 2.9 or later" : null;
            return why is null ? loaded : null;
        }
        catch (EntryPointNotFoundException e)
        {
            why = $"{path} is not NCCL: {e.Message}";
            return null;
        }
    }

    private nint Export(string name) => NativeLibrary.GetExport(_library, name);
}
