using System.Text.Json;
using System.Text.Json.Nodes;
using Nonsmooth.Engines.Recordings;
using Nonsmooth.Engines.Spellings;

namespace Nonsmooth.Engines.Protocol;

/// <summary>The lines of the protocol: one JSON object each; numbers round-trip, what is not finite is a string.</summary>
internal static class Wire
{
    public static string Hello => new JsonObject { ["id"] = 0, ["op"] = "hello", ["protocol"] = EngineHello.Protocol }.ToJsonString();

    public static string Ask(int id, Question q)
    {
        int outputs = q.Kind == SpellingKind.Map ? q.Inputs[0].Data.Count : 64;
        return new JsonObject
        {
            ["id"] = id,
            ["op"] = "ask",
            ["spelling"] = q.Spelling,
            ["function"] = q.Function,
            ["written"] = q.Written,
            ["tree"] = WrittenTree.Find(q.Written),
            ["kind"] = q.Kind == SpellingKind.Map ? "map" : "vector",
            ["format"] = q.Format,
            ["point"] = q.Point,
            ["inputs"] = new JsonArray([.. q.Inputs.Select(x => (JsonNode)RecordedLine.Written(x))]),
            ["cotangent"] = RecordedLine.Written(q.Cotangent(outputs)),
            ["tangents"] = new JsonArray([.. q.Tangents.Select(t => (JsonNode)new JsonArray([.. t.Select(x => (JsonNode)RecordedLine.Written(x))]))]),
        }.ToJsonString();
    }

    public static JsonObject Answer(int id, Answer answer)
    {
        var line = new JsonObject { ["id"] = id };
        if (answer.Value is { } value)
        {
            line["value"] = RecordedLine.Written(value);
        }

        if (answer.Reverse is { } reverse)
        {
            line["vjp"] = new JsonArray([.. reverse.Select(s => s is null ? null : (JsonNode)RecordedLine.Written(s))]);
        }

        if (answer.Forward is { } forward)
        {
            line["jvp"] = new JsonArray([.. forward.Select(s => (JsonNode)RecordedLine.Written(s))]);
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

    public static Question Question(JsonElement line) => new(
        line.GetProperty("spelling").GetString()!,
        line.GetProperty("function").GetString()!,
        line.GetProperty("written").GetString()!,
        line.GetProperty("kind").GetString() == "map" ? SpellingKind.Map : SpellingKind.Vector,
        line.GetProperty("format").GetString()!,
        line.GetProperty("point").GetString()!,
        [.. line.GetProperty("inputs").EnumerateArray().Select(RecordedLine.Array)]);
}
