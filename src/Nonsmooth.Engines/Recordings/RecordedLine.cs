using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nonsmooth.Engines.Spellings;
using Nonsmooth.Tensors;

namespace Nonsmooth.Engines.Recordings;

/// <summary>Reads the lines of recordings: numbers round-trip, "NaN", "Infinity" and "-Infinity" are strings.</summary>
internal static class RecordedLine
{
    public static JsonArray Written(IEnumerable<double> numbers) => new([.. numbers.Select(x => (JsonNode)(
        double.IsNaN(x) ? JsonValue.Create("NaN") : double.IsInfinity(x) ? JsonValue.Create(x > 0 ? "Infinity" : "-Infinity") : JsonValue.Create(x)))]);

    public static JsonObject Written(RecordedArray array) => new()
    {
        ["shape"] = new JsonArray([.. array.Shape.AsSpan().ToArray().Select(s => (JsonNode)s)]),
        ["data"] = Written(array.Data),
    };

    public static RecordedArray Array(JsonElement array) => Shaped(array);

    public static IReadOnlyList<double> List(JsonElement list) => Numbers(list);

    public static Recording Head(string name, JsonElement root) => new(
        name,
        Text(root, "engine"),
        Text(root, "version"),
        Text(root, "mode"),
        [.. root.GetProperty("formats").EnumerateArray().Select(f => f.GetString()!)],
        root.GetProperty("cannot").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal),
        [])
    {
        Faults = root.TryGetProperty("faults", out var faults) ? [.. faults.EnumerateArray().Select(f => new EngineFault(f[0].GetString()!, f[1].GetString()!))] : [],
        Complaints = root.TryGetProperty("self_test", out var complaints) ? [.. complaints.EnumerateArray().Select(c => c.GetString()!)] : [],
    };

    public static RecordedSpelling Spelling(JsonElement root)
    {
        var kind = Text(root, "kind") == "map" ? SpellingKind.Map : SpellingKind.Vector;
        var inputs = root.GetProperty("inputs").EnumerateObject().ToDictionary(
            p => p.Name, p => kind == SpellingKind.Map ? SideBySide(p.Value) : Named(p.Value), StringComparer.Ordinal);
        return new(Text(root, "name"), Text(root, "function"), kind, Text(root, "written"), inputs);
    }

    public static Answer Answer(JsonElement root)
    {
        bool vector = root.TryGetProperty("point", out var point);
        return new(Text(root, "spelling"), Text(root, "dtype"), vector ? point.GetString()! : "")
        {
            Value = root.TryGetProperty("value", out var value) ? vector ? Shaped(value) : Flat(value) : null,
            Reverse = root.TryGetProperty("vjp", out var vjp)
                ? [.. vjp.EnumerateArray().Select(a => a.ValueKind == JsonValueKind.Null ? null : Numbers(a))]
                : null,
            Forward = root.TryGetProperty("jvp", out var jvp)
                ? [.. jvp.EnumerateArray().Select(a => Numbers(vector ? a.GetProperty("data") : a))]
                : null,
            Error = Words(root, "error"),
            ReverseError = Words(root, "vjp_error"),
            ForwardError = Words(root, "jvp_error"),
        };
    }

    private static IReadOnlyList<RecordedPoint> SideBySide(JsonElement arguments) =>
        [new("", [.. arguments.EnumerateArray().Select(Flat)])];

    private static IReadOnlyList<RecordedPoint> Named(JsonElement points) =>
        [.. points.EnumerateObject().Select(p => new RecordedPoint(p.Name, [.. p.Value.EnumerateArray().Select(Shaped)]))];

    private static RecordedArray Flat(JsonElement list)
    {
        var data = Numbers(list);
        return new(new Shape(data.Count), data);
    }

    private static RecordedArray Shaped(JsonElement array) =>
        new(new Shape([.. array.GetProperty("shape").EnumerateArray().Select(s => s.GetInt32())]), Numbers(array.GetProperty("data")));

    private static IReadOnlyList<double> Numbers(JsonElement list) => [.. list.EnumerateArray().Select(Number)];

    private static double Number(JsonElement number) => number.ValueKind == JsonValueKind.String
        ? number.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            var other => throw new FormatException($"'{other}' is not a number"),
        }
        : double.Parse(number.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string Text(JsonElement root, string name) => root.GetProperty(name).GetString()!;

    private static string? Words(JsonElement root, string name) => root.TryGetProperty(name, out var words) ? words.GetString() : null;
}
