using Nonsmooth.Training.ModelFiles;

namespace Nonsmooth.Cli.Exporting;

/// <summary>A model's folder with an adapter folded in: the one that was asked for, or one on the way to another form, which goes again.</summary>
/// <param name="Path">The folder.</param>
/// <param name="IsWanted">Whether it was asked for.</param>
/// <param name="Notes">What there is to say, a sentence each.</param>
internal sealed record MergedFolder(string Path, bool IsWanted, IReadOnlyList<string> Notes) : IDisposable
{
    /// <summary>Writes it.</summary>
    /// <param name="model">The model's folder.</param>
    /// <param name="adapter">The adapter.</param>
    /// <param name="to">Where to; null for a folder of its own.</param>
    public static MergedFolder Make(string model, AdapterRequest adapter, string? to)
    {
        string path = to ?? System.IO.Path.Combine(Directory.CreateTempSubdirectory("nonsmooth-merged-").FullName, System.IO.Path.GetFileName(model));
        return new MergedFolder(path, to is not null, adapter.Merge(model, path));
    }

    public void Dispose()
    {
        if (!IsWanted)
        {
            Directory.Delete(System.IO.Path.GetDirectoryName(Path)!, recursive: true);
        }
    }
}
