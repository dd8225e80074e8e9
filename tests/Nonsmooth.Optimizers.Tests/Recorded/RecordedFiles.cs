using System.IO.Compression;
using System.Text.Json;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Optimizers.Tests.Recorded;

/// <summary>What other libraries did, from <c>shared/data/solutions</c>; tests that ask for it skip without.</summary>
internal static class RecordedFiles
{
    private const string Folder = "solutions";

    private static Recording[]? _optimizers;
    private static RecordedSchedule[]? _schedules;
    private static Dictionary<string, RecordedProblem>? _problems;

    public static Recording[] Optimizers => _optimizers ??= Lines<Recording>("optimizers.jsonl.gz");

    public static RecordedSchedule[] Schedules => _schedules ??= Lines<RecordedSchedule>("schedules.jsonl.gz");

    public static RecordedProblem Problem(string name)
    {
        if (_problems is null)
        {
            using var file = File.OpenRead(Path.Combine(SharedData.FolderOrSkip(Folder), Folder, "problems.json"));
            _problems = JsonDocument.Parse(file).RootElement.GetProperty("problems").EnumerateArray()
                .Select(RecordedProblem.Read).ToDictionary(p => p.Name);
        }

        return _problems[name];
    }

    private static T[] Lines<T>(string name)
    {
        using var file = File.OpenRead(Path.Combine(SharedData.FolderOrSkip(Folder), Folder, name));
        using var text = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        var lines = new List<T>();
        while (text.ReadLine() is { } line)
        {
            lines.Add(JsonSerializer.Deserialize<T>(line, _json)!);
        }

        return [.. lines];
    }

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };
}

/// <summary>Flat parameters after <see cref="At"/> steps of an optimizer of another library.</summary>
internal sealed record Recording(string Engine, string Optimizer, Dictionary<string, JsonElement> Settings, string Problem, string Dtype, double[][] Steps, double[][]? EvalSteps)
{
    public static readonly int[] At = [1, 2, 3, 5, 10, 20, 30];

    public string Library => Engine.Split(' ')[0];

    public bool IsDouble => Dtype == "float64";

    /// <summary>Its settings but the rate, which differs by problem.</summary>
    public string Text => string.Join(' ', Settings.Where(s => s.Key is not ("lr" or "learning_rate")).Select(s => $"{s.Key}={s.Value.GetRawText().Replace("\"", "", StringComparison.Ordinal)}"));

    public double? Number(string key) => Settings.TryGetValue(key, out var value) ? value.GetDouble() : null;

    public override string ToString() => $"{Engine} {Optimizer} ({Text}) on {Problem} in {Dtype}";
}

/// <summary>The rates of 50 steps of a schedule of another library.</summary>
internal sealed record RecordedSchedule(string Engine, string Schedule, Dictionary<string, JsonElement> Settings, double[] Values)
{
    public string Text => string.Join(' ', Settings.Where(s => s.Key != "base_lr_of_optimizer").Select(s => $"{s.Key}={s.Value.GetRawText().Replace("\"", "", StringComparison.Ordinal)}"));

    public string Name => Text.Length == 0 ? $"{Engine.Split(' ')[0]} {Schedule}" : $"{Engine.Split(' ')[0]} {Schedule} {Text}";
}
