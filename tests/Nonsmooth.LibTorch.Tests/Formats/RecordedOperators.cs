using System.IO.Compression;
using System.Text.Json;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using Nonsmooth.Tests.Shared;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.LibTorch.Tests.Formats;

/// <summary>A recorded call of an operator of PyTorch, its inputs, and the error that PyTorch has in narrow formats.</summary>
internal sealed record RecordedOperator(string Id, string Op, IReadOnlyList<JsonElement> Arguments, JsonElement Keywords, IReadOnlyList<double[]> Cotangents, JsonElement Errors)
{
    /// <summary>The operators that the dictionary has, as it says them; null where it lacks such a call.</summary>
    public static IReadOnlyDictionary<string, Func<RecordedOperator, Variable[], Variable?>> Table { get; } = new Dictionary<string, Func<RecordedOperator, Variable[], Variable?>>
    {
        ["abs"] = One(F.Abs), ["neg"] = One(F.Negate), ["square"] = One(F.Square), ["sqrt"] = One(F.Sqrt), ["rsqrt"] = One(F.Rsqrt), ["reciprocal"] = One(F.Reciprocal),
        ["exp"] = One(F.Exp), ["expm1"] = One(F.ExpM1), ["log"] = One(F.Log), ["log1p"] = One(F.LogP1), ["sin"] = One(F.Sin), ["cos"] = One(F.Cos),
        ["tanh"] = One(F.Tanh), ["sigmoid"] = One(F.Sigmoid), ["erf"] = One(F.Erf), ["erfc"] = One(F.Erfc), ["sign"] = One(F.Sign), ["floor"] = One(F.Floor), ["round"] = One(F.Round),
        ["nn.functional.relu"] = One(F.Relu), ["nn.functional.relu6"] = One(F.Relu6), ["nn.functional.silu"] = One(F.Silu), ["nn.functional.selu"] = One(F.Selu),
        ["nn.functional.hardswish"] = One(F.Hardswish), ["nn.functional.hardsigmoid"] = One(F.Hardsigmoid),
        ["nn.functional.gelu"] = (r, v) => F.Gelu(v[0], r.Keywords.TryGetProperty("approximate", out var a) && a.GetString() == "tanh"),
        ["nn.functional.elu"] = (r, v) => r.HasNo() ? F.Elu(v[0]) : null,
        ["nn.functional.leaky_relu"] = (r, v) => r.HasNo() ? F.LeakyRelu(v[0]) : null,
        ["nn.functional.softplus"] = (r, v) => r.HasNo() ? F.Softplus(v[0]) : null,
        ["add"] = Two(F.Add), ["sub"] = Two(F.Subtract), ["mul"] = Two(F.Multiply), ["div"] = Two(F.Divide), ["true_divide"] = Two(F.Divide),
        ["maximum"] = Two(F.Maximum), ["minimum"] = Two(F.Minimum), ["pow"] = Two(F.Pow), ["matmul"] = Product, ["mm"] = Product, ["bmm"] = Product,
        ["dot"] = Two(F.Dot),
        ["softmax"] = Axis((x, a) => F.Softmax(x, a)), ["log_softmax"] = Axis((x, a) => F.LogSoftmax(x, a)), ["cumsum"] = Axis((x, a) => x.CumulativeSum(a)),
        ["sum"] = Reduced((x, k, a) => x.Sum(k, a), (x) => x.Sum()), ["mean"] = Reduced((x, k, a) => x.Mean(k, a), x => x.Mean()),
        ["amax"] = Reduced((x, k, a) => x.Max(k, a), x => x.Max()), ["amin"] = Reduced((x, k, a) => x.Min(k, a), x => x.Min()),
        ["logsumexp"] = (r, v) => r.Arguments.Count == 3 && r.Keywords.EnumerateObject().Any() is false ? v[0].LogSumExp(r.Arguments[2].GetBoolean(), [.. Axes(r.Arguments[1], v[0])]) : null,
        ["nn.functional.linear"] = (r, v) => v[0].Shape.Rank == 2 && v[1].Shape.Rank == 2 && r.HasNo() ? F.Linear(v[0], v[1], v.Length > 2 ? v[2] : null) : null,
        ["nn.functional.layer_norm"] = (r, v) => v.Length == 3 && v[1].Shape.Rank == 1 ? F.LayerNorm(v[0], v[1], v[2], r.Keywords.TryGetProperty("eps", out var e) ? e.GetDouble() : 1e-5) : null,
        ["nn.functional.mse_loss"] = (r, v) => v[0].Shape.Equals(v[1].Shape) && (r.HasNo() || r.Is("reduction", "mean")) ? F.MeanSquaredError(v[0], v[1]) : null,
        ["nn.functional.l1_loss"] = (r, v) => v[0].Shape.Equals(v[1].Shape) && (r.HasNo() || r.Is("reduction", "mean")) ? F.L1Loss(v[0], v[1]) : null,
    };

    /// <summary>The arguments that are tensors of reals.</summary>
    public IEnumerable<JsonElement> Reals => Arguments.Where(a => a.ValueKind == JsonValueKind.Object && a.TryGetProperty("dtype", out var d) && d.GetString() == "f64");

    /// <summary>The recordings of operators in <see cref="Table"/>; skips without them.</summary>
    public static IReadOnlyList<RecordedOperator> Read()
    {
        string folder = Path.Combine(SharedData.FolderOrSkip("operators"), "operators");
        var errors = Lines(Path.Combine(folder, "formats.jsonl.gz")).ToDictionary(e => e.GetProperty("id").GetString()!);
        return [.. from sample in Lines(Path.Combine(folder, "samples.jsonl.gz"))
                   let op = sample.GetProperty("op").GetString()!
                   where Table.ContainsKey(op) && sample.GetProperty("variant").GetString()!.Length == 0 && sample.GetProperty("outputs").GetArrayLength() == 1
                   select new RecordedOperator(
                       sample.GetProperty("id").GetString()!, op, [.. sample.GetProperty("args").EnumerateArray()], sample.GetProperty("kwargs"),
                       [.. sample.GetProperty("cotangents").EnumerateArray().Select(c => c.ValueKind == JsonValueKind.Object ? Numbers(c) : [])], errors[sample.GetProperty("id").GetString()!])];
    }

    /// <summary>The numbers of a tensor.</summary>
    public static double[] Numbers(JsonElement tensor) => [.. tensor.GetProperty("data").EnumerateArray().Select(Number)];

    /// <summary>Its shape.</summary>
    public static Shape ShapeOf(JsonElement tensor) => new([.. tensor.GetProperty("shape").EnumerateArray().Select(s => s.GetInt32())]);

    private static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : value.GetString() switch
    {
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => double.NaN,
    };

    private bool HasNo() => Arguments.Count == Reals.Count() && !Keywords.EnumerateObject().Any();

    private bool Is(string keyword, string value) => Keywords.EnumerateObject().Count() == 1 && Keywords.TryGetProperty(keyword, out var k) && k.GetString() == value;

    private static Func<RecordedOperator, Variable[], Variable?> One(Func<Variable, Variable> function) => (r, v) => r.HasNo() && v.Length == 1 ? function(v[0]) : null;

    private static Func<RecordedOperator, Variable[], Variable?> Two(Func<Variable, Variable, Variable> function) => (r, v) => r.HasNo() && v.Length == 2 ? function(v[0], v[1]) : null;

    private static Variable? Product(RecordedOperator r, Variable[] v) => r.HasNo() && v[0].Shape.Rank == v[1].Shape.Rank && v[0].Shape.Rank is 2 or 3 && v[0].Shape[0] == v[1].Shape[0] | v[0].Shape.Rank == 2 ? F.MatMul(v[0], v[1]) : null;

    private static Func<RecordedOperator, Variable[], Variable?> Axis(Func<Variable, int, Variable> function) => (r, v) =>
        r.Arguments.Count == 2 && v.Length == 1 && v[0].Shape.Rank > 0 && r.Arguments[1].ValueKind == JsonValueKind.Number && !r.Keywords.EnumerateObject().Any() ? function(v[0], r.Arguments[1].GetInt32()) : null;

    private static Func<RecordedOperator, Variable[], Variable?> Reduced(Func<Variable, bool, int[], Variable> along, Func<Variable, Variable> all) => (r, v) =>
        r.HasNo() ? all(v[0])
        : r.Arguments.Count == 1 && r.Keywords.EnumerateObject().All(k => k.Name is "dim" or "keepdim") && r.Keywords.TryGetProperty("dim", out var dim)
            ? along(v[0], r.Keywords.TryGetProperty("keepdim", out var keep) && keep.GetBoolean(), [.. Axes(dim, v[0])])
            : null;

    private static IEnumerable<int> Axes(JsonElement dim, Variable x) =>
        (dim.ValueKind == JsonValueKind.Number ? [dim.GetInt32()] : dim.GetProperty("$tuple").EnumerateArray().Select(a => a.GetInt32())).Select(a => x.Shape.Axis(a));

    private static IEnumerable<JsonElement> Lines(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
        {
            yield return JsonDocument.Parse(line).RootElement;
        }
    }
}
