using System.IO.Compression;
using System.Text.Json.Nodes;
using Nonsmooth.Engines.Spellings;

namespace Nonsmooth.Engines.Recordings;

/// <summary>Writes recordings: the format of <see cref="RecordingFolder"/>, with the questions in the same file.</summary>
public static class RecordingWriter
{
    /// <summary>Writes a recording and what was asked, gzipped.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="recording">The recording.</param>
    /// <param name="list">What was asked, answered or not.</param>
    public static void Write(Stream stream, Recording recording, IReadOnlyList<RecordedSpelling> list)
    {
        using var writer = new StreamWriter(new GZipStream(stream, CompressionLevel.Optimal)) { NewLine = "\n" };
        var head = new JsonObject
        {
            ["engine"] = recording.Engine,
            ["version"] = recording.Version,
            ["mode"] = recording.Mode,
            ["formats"] = new JsonArray([.. recording.Formats.Select(f => (JsonNode)f)]),
            ["cannot"] = new JsonObject(recording.Cannot.Select(c => KeyValuePair.Create(c.Key, (JsonNode?)c.Value))),
        };
        if (recording.Faults.Count > 0)
        {
            head["faults"] = new JsonArray([.. recording.Faults.Select(f => (JsonNode)new JsonArray(f.Question, f.Fault))]);
        }

        if (recording.Complaints.Count > 0)
        {
            head["self_test"] = new JsonArray([.. recording.Complaints.Select(c => (JsonNode)c)]);
        }

        writer.WriteLine(head.ToJsonString());
        foreach (var spelling in list)
        {
            writer.WriteLine(new JsonObject { ["asked"] = Asked(spelling, recording.Formats) }.ToJsonString());
        }

        foreach (var answer in recording.Answers)
        {
            writer.WriteLine(Line(answer, list.First(s => s.Name == answer.Spelling).Kind == SpellingKind.Vector).ToJsonString());
        }
    }

    private static JsonObject Asked(RecordedSpelling spelling, IReadOnlyList<string> formats) => new()
    {
        ["name"] = spelling.Name,
        ["function"] = spelling.Function,
        ["kind"] = spelling.Kind == SpellingKind.Map ? "map" : "vector",
        ["written"] = spelling.Written,
        ["inputs"] = new JsonObject(formats.Where(spelling.Inputs.ContainsKey).Select(f => KeyValuePair.Create(f, (JsonNode?)(spelling.Kind == SpellingKind.Map
            ? new JsonArray([.. spelling.Inputs[f][0].Arguments.Select(a => (JsonNode)RecordedLine.Written(a.Data))])
            : new JsonObject(spelling.Inputs[f].Select(p => KeyValuePair.Create(p.Name, (JsonNode?)new JsonArray([.. p.Arguments.Select(a => (JsonNode)RecordedLine.Written(a))])))))))),
    };

    private static JsonObject Line(Answer answer, bool isVector)
    {
        var line = new JsonObject { ["spelling"] = answer.Spelling, ["dtype"] = answer.Format };
        if (isVector)
        {
            line["point"] = answer.Point;
        }

        if (answer.Value is { } value)
        {
            line["value"] = isVector ? RecordedLine.Written(value) : RecordedLine.Written(value.Data);
        }

        if (answer.Reverse is { } reverse)
        {
            line["vjp"] = new JsonArray([.. reverse.Select(s => s is null ? null : (JsonNode)RecordedLine.Written(s))]);
        }

        if (answer.Forward is { } forward)
        {
            line["jvp"] = new JsonArray([.. forward.Select(s => isVector ? (JsonNode)RecordedLine.Written(new RecordedArray(answer.Value!.Shape, s)) : RecordedLine.Written(s))]);
        }

        foreach (var (name, words) in new[] { ("error", answer.Error), ("vjp_error", answer.ReverseError), ("jvp_error", answer.ForwardError) })
        {
            if (words is not null)
            {
                line[name] = words;
            }
        }

        return line;
    }
}
