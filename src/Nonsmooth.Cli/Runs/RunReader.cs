using System.Text.Json;
using Nonsmooth.Data.Files;
using Nonsmooth.Training.Engine;

namespace Nonsmooth.Cli.Runs;

/// <summary>Reads the folders of runs as <c>nonsmooth train --out</c> makes them, also while it does.</summary>
internal static class RunReader
{
    private const long LongestRun = 1 << 20;

    /// <summary>The runs of some folders, each called by as much of its path as tells it from the others.</summary>
    /// <param name="folders">As <see cref="Folders"/> gives them.</param>
    /// <exception cref="NonsmoothException">A file of one is damaged.</exception>
    public static IReadOnlyList<RunRecord> Read(IReadOnlyList<string> folders)
    {
        for (int parts = 1; ; parts++)
        {
            string[] names = [.. folders.Select(folder => string.Join('/', folder.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries)[^parts..]))];
            if (names.Distinct().Count() == names.Length)
            {
                return [.. folders.Select((folder, i) => Read(folder, names[i]))];
            }
        }
    }

    /// <summary>The folders of runs that a user named, as whole paths.</summary>
    /// <exception cref="UsageException">In one there is no run, or it is named twice.</exception>
    public static IReadOnlyList<string> Folders(IReadOnlyList<string> names, string folder)
    {
        string[] paths = [.. names.Select(name => Path.TrimEndingDirectorySeparator(Folder(name, folder)))];
        return paths.GroupBy(path => path).FirstOrDefault(g => g.Count() > 1) is { } twice
            ? throw new UsageException($"folder '{twice.Key}' is given twice: give each run once")
            : paths;
    }

    /// <summary>The folder of a run: one that is named, or that of a file <c>run.json</c>.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    private static string Folder(string name, string folder)
    {
        string path = Path.GetFullPath(name, folder);
        if (Path.GetFileName(path) == RunFiles.Run && File.Exists(path))
        {
            return Path.GetDirectoryName(path)!;
        }

        if (File.Exists(Path.Combine(path, RunFiles.Run)))
        {
            return path;
        }

        if (!Directory.Exists(path))
        {
            throw new UsageException($"there is no folder '{name}': give the folder of a run, which nonsmooth train --out makes");
        }

        string[] below = [.. Directory.EnumerateDirectories(path).Where(f => File.Exists(Path.Combine(f, RunFiles.Run))).Select(f => Path.Combine(name, Path.GetFileName(f))).Order(StringComparer.Ordinal).Take(3)];
        throw new UsageException($"folder '{name}' has no run, for there is no {RunFiles.Run} in it: give "
            + (below.Length > 0 ? $"those below it, as {string.Join(' ', below)}" : "the folder of a run, which nonsmooth train --out makes"));
    }

    /// <summary>Whether a process trains in a folder at the moment.</summary>
    public static bool IsHeld(string path)
    {
        try
        {
            return FolderLock.IsHeld(path);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new NonsmoothException($"'{path}' cannot be looked into ({e.Message}): check its rights", e);
        }
    }

    private static RunRecord Read(string path, string name)
    {
        // First: a run that ends while it is read is called running, and not broken off.
        bool held = IsHeld(path);
        string file = Path.Combine(path, RunFiles.Run);
        try
        {
            using var json = JsonDocument.Parse(RunFiles.Read(file, LongestRun));
            return Read(path, name, json.RootElement, held);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new NonsmoothException($"'{file}' is not what nonsmooth train writes ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}): use another copy", e);
        }
    }

    private static RunRecord Read(string path, string name, JsonElement run, bool held)
    {
        var notes = new List<string>();
        return new()
        {
            Name = name,
            Folder = path,
            Network = run.GetProperty("network").GetString()!,
            Data = run.GetProperty("data").GetString()!,
            Optimizer = run.GetProperty("optimizer").GetString()!,
            Parameters = run.GetProperty("parameters").GetInt64(),
            Epochs = run.GetProperty("epochs").GetInt32(),
            StepsPerEpoch = run.GetProperty("stepsPerEpoch").GetInt32(),
            State = run.GetProperty("status").GetString() switch
            {
                "complete" => RunState.Complete,
                "stopped early" => RunState.StoppedEarly,
                "interrupted" => RunState.Interrupted,
                "running" => held ? RunState.Running : RunState.BrokenOff,
                var other => throw new FormatException($"its status is '{other}'"),
            },
            Settings = Settings(run),
            History = Lines(path, RunFiles.Metrics, notes, r => new EpochReport(
                (int)r.Whole("epoch"), r.Whole("step"), r.Number("rate"), r.Number("train_loss"), r.Number("test_loss"), r.Number("test_accuracy"), r.Number("seconds"))),
            Curve = Lines(path, RunFiles.Steps, notes, r => new RunStep(
                r.Whole("step"),
                r.Number("seconds"),
                r.Number("loss"),
                new(r.Number("gradient"), r.Number("update"), r.Number("data"), r.Number("sums"), r.Number("evaluation"), r.Number("saving")))),
            Ties = Lines(path, RunFiles.Telemetry, notes, r => new RunTie(
                r.Whole("step"), r.Text("site"), r.Whole("places"), r.Whole("ties"), r.TryWhole("active"), r.TryNumber("least"), r.TryNumber("most"))),
            Notes = notes,
        };
    }

    private static IReadOnlyList<T> Lines<T>(string path, string name, List<string> notes, Func<CsvLines.Row, T> read)
    {
        if (CsvLines.TryRead(Path.Combine(path, name)) is not { } lines)
        {
            return [];
        }

        if (lines.IsCut)
        {
            notes.Add($"{name} ends in half a line, which is passed over.");
        }

        return [.. lines.Rows.Select(read)];
    }

    // What the recipe has beside what the bits depend on, as the number of epochs.
    private static SortedDictionary<string, string> Settings(JsonElement run)
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (run.TryGetProperty("recipe", out var recipe))
        {
            foreach (var p in recipe.EnumerateObject().Where(p => p.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)))
            {
                settings[p.Name] = p.Value.ToString();
            }
        }

        foreach (var p in run.GetProperty("settings").EnumerateObject())
        {
            settings[p.Name] = p.Value.GetString()!;
        }

        settings["epochs"] = run.GetProperty("epochs").ToString();
        settings["threads"] = run.GetProperty("threads").ToString();
        return settings;
    }
}
