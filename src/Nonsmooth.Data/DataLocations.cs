namespace Nonsmooth.Data;

/// <summary>Where data files are looked for, first to last.</summary>
public sealed record DataLocations
{
    /// <summary>The environment variable that <see cref="FromEnvironment"/> reads.</summary>
    public const string EnvironmentVariable = "NONSMOOTH_DATA";

    /// <summary>Nowhere: only data sets that need no file can be loaded.</summary>
    public static DataLocations None { get; } = new();

    /// <summary>The folder the user gave with <c>--data-dir</c>; null (the default) for none.</summary>
    public string? Option { get; init; }

    /// <summary>The value of <c>NONSMOOTH_DATA</c>; null (the default) for none.</summary>
    public string? Environment { get; init; }

    /// <summary>The user's cache folder, usually <c>~/.cache/nonsmooth</c>; null (the default) for none.</summary>
    public string? Cache { get; init; }

    /// <summary>Reads the environment variable and the home folder of this process.</summary>
    /// <param name="option">The folder the user gave, or null.</param>
    public static DataLocations FromEnvironment(string? option = null)
    {
        var home = System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile);
        return new DataLocations
        {
            Option = option,
            Environment = System.Environment.GetEnvironmentVariable(EnvironmentVariable),
            Cache = home.Length == 0 ? null : Path.Combine(home, ".cache", "nonsmooth"),
        };
    }

    /// <summary>Every folder that may hold a data set: each location's subfolder of that name, then the location itself.</summary>
    public IEnumerable<string> Candidates(string dataset) =>
        from root in new[] { Option, Environment, Cache }
        where !string.IsNullOrWhiteSpace(root)
        from folder in new[] { Path.Combine(root, dataset), root }
        select folder;

    /// <summary>Those folders in words, for an error that says where a file was looked for.</summary>
    internal string Places(string dataset)
    {
        var folders = Candidates(dataset).Select(folder => $"'{folder}'").ToList();
        return folders.Count == 0 ? "any folder, for none was given" : string.Join(", ", folders);
    }

    /// <summary>The first of several file names that exists in a candidate folder, or null.</summary>
    public string? Find(string dataset, params ReadOnlySpan<string> fileNames)
    {
        foreach (var folder in Candidates(dataset))
        {
            foreach (var name in fileNames)
            {
                var path = Path.Combine(folder, name);
                if (File.Exists(path))
                {
                    return path;
                }
            }
        }

        return null;
    }
}
