using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Onnx.Tests;

/// <summary>Model files that are too large for the repository.</summary>
internal static class RealFiles
{
    /// <summary>A folder below the shared data; skips the test without it.</summary>
    public static string Folder(string name) =>
        Path.Combine(SharedData.FolderOrSkip(name.Split(Path.DirectorySeparatorChar)[0]), name);

    /// <summary>The models of a folder; none without it.</summary>
    public static string[] In(string folder)
    {
        try
        {
            return [.. Directory.GetFiles(Folder(folder), "*.onnx").Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e.Message.StartsWith("$XunitDynamicSkip$", StringComparison.Ordinal))
        {
            return [];
        }
    }
}
