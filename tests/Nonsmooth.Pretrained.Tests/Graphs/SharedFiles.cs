using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Pretrained.Tests.Graphs;

/// <summary>Archives that are too large for the repository.</summary>
internal static class SharedFiles
{
    /// <summary>The archives of a folder below the shared data, without their extension; none without it.</summary>
    public static TheoryData<string> Archives(string data, params string[] folder)
    {
        try
        {
            return [.. Directory.GetFiles(Path.Combine([SharedData.FolderOrSkip(data), data, .. folder]), "*.pt2").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e.Message.StartsWith("$XunitDynamicSkip$", StringComparison.Ordinal))
        {
            return [];
        }
    }

    /// <summary>The path of a file; skips the test without it.</summary>
    public static string Find(string data, params string[] parts) => Path.Combine([SharedData.FolderOrSkip(data), data, .. parts]);
}
