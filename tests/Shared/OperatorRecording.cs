using System.IO.Compression;
using System.Text.Json;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Tests.Shared;

/// <summary>A recorded call of an operator of PyTorch: arguments, values and derivatives.</summary>
internal sealed class OperatorRecording(JsonElement root)
{
    public string Id => root.GetProperty("id").GetString()!;

    public string Op => root.GetProperty("op").GetString()!;

    public string Call => root.GetProperty("call").GetString()!;

    /// <summary>Why a degenerate call is one.</summary>
    public string Reason => root.TryGetProperty("degenerate", out var reason) ? reason.GetString()! : "";

    /// <summary>Paths of the differentiable arguments.</summary>
    public IReadOnlyList<string> GradientInputs => [.. root.GetProperty("grad_inputs").EnumerateArray().Select(p => p.GetString()!)];

    public IReadOnlyList<JsonElement> Outputs => [.. root.GetProperty("outputs").EnumerateArray()];

    public IReadOnlyList<JsonElement> Cotangents => [.. root.GetProperty("cotangents").EnumerateArray()];

    /// <summary>Tangents of the outputs; null where PyTorch has no forward mode, or has it wrong.</summary>
    public IReadOnlyList<JsonElement>? Jvp =>
        root.TryGetProperty("jvp", out var jvp) && jvp.ValueKind == JsonValueKind.Array && !root.TryGetProperty("jvp_dropped", out _) ? [.. jvp.EnumerateArray()] : null;

    /// <summary>Whether the one-sided difference quotients agree within 1e-2.</summary>
    public bool IsSmooth => root.TryGetProperty("check", out var check) && check.TryGetProperty("fd_plus", out var plus) && check.TryGetProperty("fd_minus", out var minus)
        && Math.Abs(Number(plus) - Number(minus)) <= 1e-2;

    public JsonElement? Vjp(string path) => Present(root.GetProperty("vjp"), path);

    public JsonElement? Tangent(string path) => Present(root.GetProperty("tangents"), path);

    /// <summary>Whether PyTorch's derivative differs from the difference quotient.</summary>
    public bool Disagrees(string what) => root.TryGetProperty("fd_disagrees", out var list) && list.EnumerateArray().Any(w => w.GetString() == what);

    public static IEnumerable<OperatorRecording> Read(string file) => Lines(file).Select(line => new OperatorRecording(line));

    /// <summary>Errors of PyTorch's own runs in narrow formats, by id.</summary>
    public static IReadOnlyDictionary<string, JsonElement> Errors() => Lines("formats.jsonl.gz").ToDictionary(e => e.GetProperty("id").GetString()!);

    /// <summary>The arguments over a builder: every tensor is an input named by its path.</summary>
    public (IReadOnlyList<object?> Arguments, IReadOnlyDictionary<string, object?> Keywords, IReadOnlyList<(Variable Input, Array Given)> Inputs) Trace(ProgramBuilder builder)
    {
        var inputs = new List<(Variable, Array)>();
        object?[] arguments = [.. root.GetProperty("args").EnumerateArray().Select((a, i) => Read(a, $"args.{i}"))];
        var keywords = root.GetProperty("kwargs").EnumerateObject().ToDictionary(k => k.Name, k => Read(k.Value, $"kwargs.{k.Name}"));
        return (arguments, keywords, inputs);

        object? Read(JsonElement value, string path)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Object when value.TryGetProperty("dtype", out _):
                    var given = Given(value);
                    var shape = ShapeOf(value);
                    var input = builder.Input(path, given switch { double[] => TensorType.Real(shape), long[] => TensorType.Index(shape), _ => TensorType.Boolean(shape) });
                    inputs.Add((input, given));
                    return input;
                case JsonValueKind.Object when value.TryGetProperty("$tuple", out var tuple):
                    return Read(tuple, path);
                case JsonValueKind.Object when value.TryGetProperty("$num", out var number):
                    return Number(number);
                case JsonValueKind.Object when value.TryGetProperty("$dtype", out var dtype):
                    return Kind(dtype.GetString()!);
                case JsonValueKind.Array:
                    return value.EnumerateArray().Select((v, i) => Read(v, $"{path}.{i}")).ToArray();
                case JsonValueKind.Number:
                    return value.TryGetInt64(out long whole) && !value.GetRawText().Contains('.', StringComparison.Ordinal) ? (object)whole : value.GetDouble();
                case JsonValueKind.String:
                    return value.GetString();
                case JsonValueKind.True or JsonValueKind.False:
                    return value.GetBoolean();
                case JsonValueKind.Null:
                    return null;
                default:
                    return value.GetRawText();
            }
        }
    }

    public static bool IsTensor(JsonElement value) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty("dtype", out _);

    public static bool IsReal(JsonElement value) => IsTensor(value) && Kind(value.GetProperty("dtype").GetString()!) == ElementKind.Real;

    public static double[] Numbers(JsonElement tensor) => [.. tensor.GetProperty("data").EnumerateArray().Select(Number)];

    public static Shape ShapeOf(JsonElement tensor) => new([.. tensor.GetProperty("shape").EnumerateArray().Select(s => s.GetInt32())]);

    private static Array Given(JsonElement tensor) => Kind(tensor.GetProperty("dtype").GetString()!) switch
    {
        ElementKind.Real => Numbers(tensor),
        ElementKind.Index => tensor.GetProperty("data").EnumerateArray().Select(v => v.GetInt64()).ToArray(),
        _ => tensor.GetProperty("data").EnumerateArray().Select(v => v.GetInt32() != 0).ToArray(),
    };

    private static ElementKind Kind(string dtype) => dtype[0] == 'f' || dtype == "bf16" ? ElementKind.Real : dtype == "bool" ? ElementKind.Boolean : ElementKind.Index;

    private static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : value.GetString() switch
    {
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => double.NaN,
    };

    private static JsonElement? Present(JsonElement table, string path) => table.TryGetProperty(path, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static IEnumerable<JsonElement> Lines(string file)
    {
        string path = Path.Combine(SharedData.FolderOrSkip("operators"), "operators", file);
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            using var document = JsonDocument.Parse(line);
            yield return document.RootElement.Clone();
        }
    }
}
