using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Solutions.Tests.Recorded;

/// <summary>The file of recorded solutions; the test is skipped where it is not.</summary>
internal static class RecordedSolutions
{
    /// <summary>The problems of some templates, in the file's order; of all without any.</summary>
    public static IEnumerable<RecordedSolution> Read(params IReadOnlyCollection<string> templates)
    {
        string file = Path.Combine(SharedData.FolderOrSkip("solutions"), "solutions", "solutions.jsonl.gz");
        using var lines = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        while (lines.ReadLine() is { } line)
        {
            using var record = JsonDocument.Parse(line);
            if (templates.Count == 0 || templates.Contains(record.RootElement.GetProperty("template").GetString()!))
            {
                yield return Of(record.RootElement);
            }
        }
    }

    private static RecordedSolution Of(JsonElement record)
    {
        var truth = record.GetProperty("truth");
        return new(
            record.GetProperty("name").GetString()!,
            record.GetProperty("template").GetString()!,
            record.GetProperty("expected").GetString()!,
            [.. record.GetProperty("data").EnumerateObject().Select(d => (d.Name, Tensor(d.Value)))],
            Tensor(record.GetProperty("cotangent")))
        {
            Solution = record.GetProperty("solution") is { ValueKind: JsonValueKind.Object } solution ? Tensor(solution) : null,
            Constants = Tensors(record.GetProperty("constants")),
            Gradient = Gradient(truth),
            Branches = truth.TryGetProperty("branches", out var branches) && branches.ValueKind == JsonValueKind.Array ? [.. branches.EnumerateArray().Select(Gradient)] : [],
            Set = truth.TryGetProperty("set", out var set) ? set.GetString() : null,
            Verdicts = record.GetProperty("peers").EnumerateObject().Where(p => p.Value.TryGetProperty("verdict", out _))
                .ToDictionary(p => p.Name, p => p.Value.GetProperty("verdict").GetString()!),
        };
    }

    private static Dictionary<string, double[]> Gradient(JsonElement truth) => truth.EnumerateObject()
        .Where(t => t.Name.StartsWith("grad.", StringComparison.Ordinal) && t.Value.ValueKind == JsonValueKind.Object)
        .ToDictionary(t => t.Name[5..], t => Tensor(t.Value).Elements);

    private static Dictionary<string, Tensor<double>> Tensors(JsonElement named) => named.EnumerateObject()
        .Where(t => t.Value.ValueKind != JsonValueKind.String).ToDictionary(t => t.Name, t => Tensor(t.Value));

    // A tensor with its shape, or, as constants are, numbers in nested arrays.
    private static Tensor<double> Tensor(JsonElement tensor) => tensor.ValueKind == JsonValueKind.Object
        ? Nonsmooth.Tensors.Tensor.Of(
            new Shape([.. tensor.GetProperty("shape").EnumerateArray().Select(s => s.GetInt32())]), tensor.GetProperty("data").EnumerateArray().Select(Number).ToArray())
        : Nonsmooth.Tensors.Tensor.Of(new Shape([.. Sizes(tensor)]), Numbers(tensor).ToArray());

    private static IEnumerable<int> Sizes(JsonElement nested) =>
        nested.ValueKind == JsonValueKind.Array ? [nested.GetArrayLength(), .. Sizes(nested[0])] : [];

    private static IEnumerable<double> Numbers(JsonElement nested) =>
        nested.ValueKind == JsonValueKind.Array ? nested.EnumerateArray().SelectMany(Numbers) : [Number(nested)];

    private static double Number(JsonElement number) => number.ValueKind == JsonValueKind.String
        ? double.Parse(number.GetString()!, CultureInfo.InvariantCulture)
        : number.GetDouble();
}
