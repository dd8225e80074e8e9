using System.Runtime.InteropServices;

namespace Nonsmooth.LibTorch.Native;

/// <summary>libtorch in this process: found, loaded and checked once, then used by every tensor and operator.</summary>
/// <remarks>
/// The first tensor loads libtorch with the default options; call <see cref="Load"/> before it to choose a folder.
/// Only the C interface that PyTorch declares stable is used (<c>aoti_torch_*</c>, <c>torch_*</c>), so any libtorch from
/// 2.10 on will do, also the one inside a Python installation of PyTorch.
/// </remarks>
public static class LibTorchLibrary
{
    private static readonly Lock Gate = new();
    private static string? _folder;

    /// <summary>The folder libtorch was loaded from, or null before the first use.</summary>
    public static string? Folder => Volatile.Read(ref _folder);

    /// <summary>The loaded library's version; 0.0 before the first use.</summary>
    public static Version Version { get; private set; } = new(0, 0);

    /// <summary>Whether libtorch's CUDA half is loaded. It says nothing of a GPU being present.</summary>
    public static bool HasCuda { get; private set; }

    /// <summary>
    /// Whether libtorch's convolutions use oneDNN: false where that is wrong on this processor, as was seen on a virtual
    /// machine that does not tell the sizes of its caches, and convolutions are slower for it.
    /// </summary>
    public static bool UsesOneDnn => OneDnn.IsTrusted;

    /// <summary>Loads libtorch unless it is loaded already, and checks its version and every entry this binding needs.</summary>
    /// <exception cref="NonsmoothException">
    /// Nothing was found, the file cannot be loaded, the version is below 2.10, an entry is missing, CUDA was asked for
    /// and is not there, or another folder is loaded already (a process holds one libtorch).
    /// </exception>
    public static void Load(LibTorchOptions? options = null)
    {
        options ??= new LibTorchOptions();
        lock (Gate)
        {
            if (_folder is not null)
            {
                CheckSame(options);
                return;
            }

            var folder = LibTorchLocator.Find(
                options.Folder,
                Environment.GetEnvironmentVariable(LibTorchLocator.Variable),
                LibTorchLocator.ApplicationFolders());
            SpinPolicy.Prepare();
            var cpu = Open(Path.Combine(folder, LibTorchLocator.CpuFile));
            var cudaFile = Path.Combine(folder, LibTorchLocator.CudaFile);
            if (options.Cuda == true)
            {
                RequireCuda(folder);
            }

            nint[] libraries = options.Cuda != false && File.Exists(cudaFile) ? [cpu, Open(cudaFile)] : [cpu];
            var entries = Bind(folder, libraries);
            HasCuda = libraries.Length == 2;
            NativeLog.Install();
            Volatile.Write(ref _folder, folder);
            OneDnn.Check(entries);
        }
    }

    internal static unsafe void CheckVersion(ulong version, string folder)
    {
        if (version < Abi.Version)
        {
            throw new NonsmoothException($"libtorch in '{folder}' is {Readable(version)} and Nonsmooth needs 2.10 or newer: set {LibTorchLocator.Variable} to a newer one.");
        }
    }

    internal static void CheckMissing(IReadOnlyList<string> missing, string folder)
    {
        if (missing.Count > 0)
        {
            throw new NonsmoothException($"libtorch in '{folder}' lacks {string.Join(", ", missing)}: use libtorch 2.10.");
        }
    }

    private static unsafe EntryTable Bind(string folder, nint[] libraries)
    {
        var entries = new EntryTable(libraries);
        var version = entries.Required("aoti_torch_abi_version");
        CheckMissing(entries.Missing, folder);
        var number = ((delegate* unmanaged[Cdecl]<ulong>)version)();
        CheckVersion(number, folder);
        Version = Readable(number);
        Abi.Bind(entries);
        AbiCodes.Read(entries);
        DirectEntries.Bind(entries, libraries.Length == 2);
        CheckMissing(entries.Missing, folder);
        return entries;
    }

    private static Version Readable(ulong version) =>
        new((int)(version >> 56), (int)(version >> 48 & 0xff), (int)(version >> 40 & 0xff));

    private static void CheckSame(LibTorchOptions options)
    {
        if (options.Folder is { } folder)
        {
            var asked = LibTorchLocator.Find(folder, null, []);
            if (asked != _folder)
            {
                throw new NonsmoothException($"libtorch is already loaded from '{_folder}' and cannot be loaded again from '{asked}': choose the folder before the first tensor.");
            }
        }

        if (options.Cuda == true && !HasCuda)
        {
            RequireCuda(_folder!);
            throw new NonsmoothException($"libtorch is already loaded from '{_folder}' without CUDA: ask for CUDA before the first tensor.");
        }
    }

    private static void RequireCuda(string folder)
    {
        if (!File.Exists(Path.Combine(folder, LibTorchLocator.CudaFile)))
        {
            throw new NonsmoothException($"CUDA was asked for but '{folder}' has no {LibTorchLocator.CudaFile}: set {LibTorchLocator.Variable} to a libtorch built for CUDA, such as the torch/lib folder of a Python installation.");
        }
    }

    private static nint Open(string file)
    {
        try
        {
            return NativeLibrary.Load(file);
        }
        catch (Exception failure) when (failure is DllNotFoundException or BadImageFormatException)
        {
            throw new NonsmoothException($"'{file}' is there but cannot be loaded: {failure.Message.ReplaceLineEndings(" ").Trim()}", failure);
        }
    }
}
