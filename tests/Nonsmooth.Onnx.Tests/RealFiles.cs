using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Onnx.Tests;

/// <summary>Model files that are too large for the repository.</summary>
internal static class RealFiles
{
    /// <summary>A folder below the shared data; skips the test without it.</summary>
    public static string Folder(string name) =>
        Path.Combine(SharedData.FolderOrSkip(name.Split(Path.DirectorySeparatorChar)[0]), name);

    /// <summary>The same, or an empty path without it.</summary>
    public static string FolderOrEmpty(string name)
    {
        try
        {
            return Folder(name);
        }
        catch (Exception e) when (e.Message.StartsWith("$XunitDynamicSkip$", StringComparison.Ordinal))
        {
            return "";
        }
    }

    /// <summary>The models of a folder; none without it.</summary>
    public static string[] In(string folder) => FolderOrEmpty(folder) is { Length: > 0 } path ? [.. Directory.GetFiles(path, "*.onnx").Order(StringComparer.Ordinal)] : [];
}
