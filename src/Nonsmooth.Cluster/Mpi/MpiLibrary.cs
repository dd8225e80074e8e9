using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Nonsmooth.Cluster;

/// <summary>A library of MPI, loaded at run time: the few functions that are used, and the handles of this implementation.</summary>
/// <remarks>
/// Open MPI's handles are addresses of objects that the library exports; those of MPICH, and of all with its binary interface (Intel MPI,
/// MVAPICH, Cray MPICH), are fixed 32-bit numbers. Both pass in one register as a number of 64 bits, so one set of signatures serves. A request is written by the
/// library into 8 bytes, of which MPICH uses 4; a status takes less than 64.
/// </remarks>
public sealed unsafe partial class MpiLibrary
{
    /// <summary>Bytes that hold a status of any implementation.</summary>
    internal const int StatusBytes = 64;

    private const int TextBytes = 8192;

    private readonly nint _library;

    private MpiLibrary(nint library, string path)
    {
        (_library, Path) = (library, path);
        IsOpenMpi = NativeLibrary.TryGetExport(library, "ompi_mpi_comm_world", out nint world);
        World = IsOpenMpi ? world : 0x44000000;
        Bytes = IsOpenMpi ? Export("ompi_mpi_byte") : 0x4c00010d;
        ErrorsReturn = IsOpenMpi ? Export("ompi_mpi_errors_return") : 0x54000001;
        InitThread = (delegate* unmanaged<nint, nint, int, int*, int>)Export("MPI_Init_thread");
        Initialized = (delegate* unmanaged<int*, int>)Export("MPI_Initialized");
        Finalize = (delegate* unmanaged<int>)Export("MPI_Finalize");
        Abort = (delegate* unmanaged<nint, int, int>)Export("MPI_Abort");
        CommRank = (delegate* unmanaged<nint, int*, int>)Export("MPI_Comm_rank");
        CommSize = (delegate* unmanaged<nint, int*, int>)Export("MPI_Comm_size");
        CommSetErrhandler = (delegate* unmanaged<nint, nint, int>)Export("MPI_Comm_set_errhandler");
        Isend = (delegate* unmanaged<byte*, int, nint, int, int, nint, nint*, int>)Export("MPI_Isend");
        Irecv = (delegate* unmanaged<byte*, int, nint, int, int, nint, nint*, int>)Export("MPI_Irecv");
        Iprobe = (delegate* unmanaged<int, int, nint, int*, byte*, int>)Export("MPI_Iprobe");
        Test = (delegate* unmanaged<nint*, int*, byte*, int>)Export("MPI_Test");
        Cancel = (delegate* unmanaged<nint*, int>)Export("MPI_Cancel");
        GetCount = (delegate* unmanaged<byte*, nint, int*, int>)Export("MPI_Get_count");
        ErrorString = (delegate* unmanaged<int, byte*, int*, int>)Export("MPI_Error_string");
        var version = (delegate* unmanaged<int*, int*, int>)Export("MPI_Get_version");
        int major, minor;
        Check(version(&major, &minor), "MPI_Get_version");
        Standard = new Version(major, minor);
        Version = Text((text, length) => ((delegate* unmanaged<byte*, int*, int>)Export("MPI_Get_library_version"))((byte*)text, (int*)length));
        Name = ShortName(Version);
    }

    /// <summary>The name or path it was loaded by.</summary>
    public string Path { get; }

    /// <summary>Implementation and version: "Open MPI 4.1.4".</summary>
    public string Name { get; }

    /// <summary>What the library says of its version, in full.</summary>
    public string Version { get; }

    /// <summary>The standard it follows.</summary>
    public Version Standard { get; }

    /// <summary>Whether its handles are Open MPI's; MPICH's otherwise.</summary>
    public bool IsOpenMpi { get; }

    internal nint World { get; }

    internal nint Bytes { get; }

    internal nint ErrorsReturn { get; }

    internal delegate* unmanaged<nint, nint, int, int*, int> InitThread { get; }

    internal delegate* unmanaged<int*, int> Initialized { get; }

    internal delegate* unmanaged<int> Finalize { get; }

    internal delegate* unmanaged<nint, int, int> Abort { get; }

    internal delegate* unmanaged<nint, int*, int> CommRank { get; }

    internal delegate* unmanaged<nint, int*, int> CommSize { get; }

    internal delegate* unmanaged<nint, nint, int> CommSetErrhandler { get; }

    internal delegate* unmanaged<byte*, int, nint, int, int, nint, nint*, int> Isend { get; }

    internal delegate* unmanaged<byte*, int, nint, int, int, nint, nint*, int> Irecv { get; }

    internal delegate* unmanaged<int, int, nint, int*, byte*, int> Iprobe { get; }

    internal delegate* unmanaged<nint*, int*, byte*, int> Test { get; }

    internal delegate* unmanaged<nint*, int> Cancel { get; }

    internal delegate* unmanaged<byte*, nint, int*, int> GetCount { get; }

    internal delegate* unmanaged<int, byte*, int*, int> ErrorString { get; }

    /// <summary>Loads the first library that there is; nothing is started.</summary>
    /// <param name="launch">Which to try.</param>
    /// <param name="why">Why there is none.</param>
    /// <returns>Null where none can be loaded or what was loaded is too old.</returns>
    public static MpiLibrary? TryLoad(MpiLaunch launch, out string? why)
    {
        foreach (string path in launch.Libraries)
        {
            if (NativeLibrary.TryLoad(path, out nint library))
            {
                return Of(library, path, out why);
            }
        }

        why = $"no library of MPI ({string.Join(", ", launch.Libraries.Distinct())}): install openmpi-bin or mpich, or set {MpiLaunch.Variable} to its path";
        return null;
    }

    /// <summary>Every library that there is, one a name; nothing is started.</summary>
    public static IReadOnlyList<MpiLibrary> All(MpiLaunch launch) =>
        [.. launch.Libraries.Distinct().Select(path => TryLoad(launch with { Libraries = [path] }, out _)).OfType<MpiLibrary>().DistinctBy(mpi => mpi.Name)];

    private static MpiLibrary? Of(nint library, string path, out string? why)
    {
        try
        {
            var loaded = new MpiLibrary(library, path);
            why = loaded.Standard.Major < 3 ? $"{path} is {loaded.Name}, of MPI {loaded.Standard}: install one of MPI 3 or later" : null;
            return why is null ? loaded : null;
        }
        catch (EntryPointNotFoundException e)
        {
            why = $"{path} is not a library of MPI: {e.Message}";
            return null;
        }
    }

    /// <summary>Refuses an error of the library, in its words.</summary>
    /// <exception cref="CommunicationException">The code is one.</exception>
    internal void Check(int code, string call)
    {
        if (code != 0)
        {
            throw new CommunicationException($"{call} of {Name ?? Path} says {Message(code)}");
        }
    }

    private string Message(int code) => Text((text, length) => ErrorString(code, (byte*)text, (int*)length));

    internal static string Text(Func<nint, nint, int> write)
    {
        byte[] buffer = new byte[TextBytes];
        int length = 0;
        fixed (byte* text = buffer)
        {
            return write((nint)text, (nint)(&length)) == 0 ? Encoding.UTF8.GetString(buffer, 0, Math.Clamp(length, 0, TextBytes)).TrimEnd('\0', '\n', ' ') : "an error without a text";
        }
    }

    internal static string ShortName(string version) =>
        OpenMpi().Match(version) is { Success: true } open ? $"Open MPI {open.Groups[1].Value}"
        : Mpich().Match(version) is { Success: true } mpich ? $"MPICH {mpich.Groups[1].Value}"
        : version.Split('\n')[0].Trim();

    internal nint Export(string name) => NativeLibrary.GetExport(_library, name);

    [GeneratedRegex(@"^Open MPI v?([0-9][^,\s]*)")]
    private static partial Regex OpenMpi();

    [GeneratedRegex(@"^MPICH Version:\s*(\S+)")]
    private static partial Regex Mpich();
}
