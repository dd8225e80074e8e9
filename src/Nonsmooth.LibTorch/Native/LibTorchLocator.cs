namespace Nonsmooth.LibTorch.Native;

/// <summary>Finds the folder that holds libtorch's native files.</summary>
internal static class LibTorchLocator
{
    public const string Variable = "NONSMOOTH_LIBTORCH";

    public static string CpuFile { get; } = FileName("torch_cpu", RuntimeIdentifier);

    public static string CudaFile { get; } = FileName("torch_cuda", RuntimeIdentifier);

    /// <summary>Returns the folder, or throws with every place that was looked at and the mend.</summary>
    public static string Find(string? folder, string? variable, IReadOnlyList<string> applicationFolders)
    {
        if (!string.IsNullOrEmpty(folder))
        {
            return Within(folder) ?? throw Missing($"the folder '{folder}' given in {nameof(LibTorchOptions)}.{nameof(LibTorchOptions.Folder)}");
        }

        if (!string.IsNullOrEmpty(variable))
        {
            return Within(variable) ?? throw Missing($"the folder '{variable}' given in {Variable}");
        }

        foreach (var candidate in applicationFolders)
        {
            if (Within(candidate) is { } found)
            {
                return found;
            }
        }

        throw Missing(string.Join(", ", applicationFolders.Select(f => $"'{f}'")));
    }

    /// <summary>The folders an application keeps its native files in: beside the assembly, then per runtime identifier.</summary>
    public static IReadOnlyList<string> ApplicationFolders()
    {
        var folders = new List<string> { Clean(AppContext.BaseDirectory) };
        folders.Add(Path.Combine(folders[0], "runtimes", RuntimeIdentifier, "native"));
        if (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") is string search)
        {
            folders.AddRange(search.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(Clean));
        }

        return folders.Distinct(StringComparer.Ordinal).ToList();
    }

    private static string RuntimeIdentifier =>
        OperatingSystem.IsWindows() ? "win-x64" : OperatingSystem.IsMacOS() ? "osx-arm64" : "linux-x64";

    private static string? Within(string folder)
    {
        foreach (var candidate in (ReadOnlySpan<string>)[folder, Path.Combine(folder, "lib")])
        {
            if (File.Exists(Path.Combine(candidate, CpuFile)))
            {
                return Path.GetFullPath(candidate);
            }
        }

        return null;
    }

    private static string Clean(string folder) => Path.TrimEndingDirectorySeparator(folder);

    private static NonsmoothException Missing(string where) => new(
        $"libtorch was not found: no {CpuFile} in {where}; add the package libtorch-cpu-{RuntimeIdentifier} 2.10.0 to the "
        + $"application, or set {Variable} to a folder that holds libtorch 2.10 or newer.");

    /// <summary>What a library of libtorch is called on a platform.</summary>
    internal static string FileName(string library, string runtimeIdentifier) => runtimeIdentifier.Split('-')[0] switch
    {
        "win" => $"{library}.dll",
        "osx" => $"lib{library}.dylib",
        _ => $"lib{library}.so",
    };
}
