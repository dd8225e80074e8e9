using Nonsmooth.Onnx.Files;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Import;

/// <summary>
/// Chains of nodes that exporters write for one function: GELU, SiLU, hardswish, mish, layer norm. The last node of a chain is replaced; the
/// others remain for whoever else reads them.
/// </summary>
internal sealed class Patterns
{
    private const double Near = 1e-4;
    private static readonly HashSet<string> _signs = ["Sigmoid", "HardSigmoid", "Erf", "Tanh", "Clip", "ReduceMean"];
    private readonly Dictionary<string, OnnxNode> _makers = new(StringComparer.Ordinal);
    private readonly ImportScope _scope;

    private Patterns(IReadOnlyList<OnnxNode> nodes, ImportScope scope)
    {
        _scope = scope;
        foreach (var node in nodes)
        {
            foreach (string output in node.Outputs)
            {
                _makers[output] = node;
            }
        }
    }

    /// <summary>The nodes with known chains as single nodes.</summary>
    public static IReadOnlyList<OnnxNode> Recognise(IReadOnlyList<OnnxNode> nodes, ImportScope scope)
    {
        if (!nodes.Any(n => _signs.Contains(n.Op)))
        {
            return nodes;
        }

        var patterns = new Patterns(nodes, scope);
        return [.. nodes.Select(n => n.Domain.Length > 0 || n.Outputs.Count != 1 ? n : n.Op switch
        {
            "Mul" or "Div" => patterns.Product(n) ?? n,
            "Add" => patterns.LayerNorm(n) ?? n,
            _ => n,
        })];
    }

    private OnnxNode? Made(string name, string op) => _makers.TryGetValue(name, out var node) && node.Op == op && node.Domain.Length == 0 ? node : null;

    /// <summary>The number that a name stands for, as a constant or an initializer of one element; NaN for anything else.</summary>
    private double Number(string name)
    {
        var tensor = Made(name, "Constant")?.Attributes.FirstOrDefault(a => a.Name == "value")?.Tensor;
        if (tensor is not null)
        {
            return tensor.DataType.IsReal() && tensor.Shape.Count64 == 1 ? tensor.ToReals()[0] : double.NaN;
        }

        return _scope.TryGet(name, out var value) && value is Known { Value: Tensor<double> { Elements: [var number] } } ? number : double.NaN;
    }

    private static bool Is(double number, double expected) => Math.Abs(number - expected) <= Near * Math.Abs(expected);

    private static OnnxNode As(OnnxNode node, string op, string[] inputs, params OnnxAttribute[] attributes) =>
        node with { Op = op, Inputs = inputs, Attributes = attributes };

    /// <summary>What is multiplied: a constant, and values.</summary>
    private double Factors(string name, int depth, List<string> values)
    {
        double number = Number(name);
        if (!double.IsNaN(number))
        {
            return number;
        }

        if (depth > 0 && Made(name, "Mul") is { Inputs: [var a, var b] })
        {
            return Factors(a, depth - 1, values) * Factors(b, depth - 1, values);
        }

        if (depth > 0 && Made(name, "Div") is { Inputs: [var c, var d] } && !double.IsNaN(Number(d)))
        {
            return Factors(c, depth - 1, values) / Number(d);
        }

        values.Add(name);
        return 1;
    }

    private OnnxNode? Product(OnnxNode node)
    {
        var values = new List<string>();
        double constant = Factors(node.Outputs[0], 3, values);
        return values.Count != 2 ? null : Product(node, constant, values[0], values[1]) ?? Product(node, constant, values[1], values[0]);
    }

    private OnnxNode? Product(OnnxNode node, double constant, string x, string other)
    {
        if (Is(constant, 1))
        {
            if (Made(other, "Sigmoid") is { Inputs: [var s] } && s == x)
            {
                return As(node, "Swish", [x]);
            }

            if (Made(other, "HardSigmoid") is { Inputs: [var h] } hard && h == x && Is(Attribute(hard, "alpha", 0.2), 1.0 / 6) && Is(Attribute(hard, "beta", 0.5), 0.5))
            {
                return As(node, "HardSwish", [x]);
            }

            if (Made(other, "Tanh") is { Inputs: [var t] } && Made(t, "Softplus") is { Inputs: [var p] } && p == x)
            {
                return As(node, "Mish", [x]);
            }
        }

        if (Is(constant, 1.0 / 6) && Made(other, "Clip") is { } clip && Bounds(clip) is (0, 6) && Plus(clip.Inputs[0], 3) is { } moved && moved == x)
        {
            return As(node, "HardSwish", [x]);
        }

        if (Is(constant, 0.5) && Plus(other, 1) is { } inner)
        {
            if (Made(inner, "Erf") is { Inputs: [var e] } && IsScaled(e, x, Math.Sqrt(0.5)))
            {
                return As(node, "Gelu", [x]);
            }

            if (Made(inner, "Tanh") is { Inputs: [var t] } && IsCubic(t, x))
            {
                return As(node, "Gelu", [x], OnnxAttribute.Of("approximate", "tanh"));
            }
        }

        return null;
    }

    private static double Attribute(OnnxNode node, string name, double otherwise) => node.Attributes.FirstOrDefault(a => a.Name == name)?.Float ?? otherwise;

    private (double Low, double High) Bounds(OnnxNode clip) => clip.Inputs.Count >= 3
        ? (Number(clip.Inputs[1]), Number(clip.Inputs[2]))
        : (Attribute(clip, "min", double.NaN), Attribute(clip, "max", double.NaN));

    /// <summary>What a number is added to, if it is a sum with that number.</summary>
    private string? Plus(string name, double number) => Made(name, "Add") is { Inputs: [var a, var b] }
        ? Is(Number(a), number) ? b : Is(Number(b), number) ? a : null
        : null;

    private bool IsScaled(string name, string x, double scale)
    {
        var values = new List<string>();
        return Is(Factors(name, 2, values), scale) && values is [var only] && only == x;
    }

    // √(2/π)·(x + 0.044715·x³).
    private bool IsCubic(string name, string x)
    {
        var values = new List<string>();
        return Is(Factors(name, 2, values), Math.Sqrt(2 / Math.PI)) && values is [var sum] && Made(sum, "Add") is { Inputs: [var a, var b] }
            && ((a == x && IsCube(b, x)) || (b == x && IsCube(a, x)));
    }

    private bool IsCube(string name, string x)
    {
        var values = new List<string>();
        if (!Is(Factors(name, 3, values), 0.044715))
        {
            return false;
        }

        return values.TrueForAll(v => v == x) ? values.Count == 3 : values is [var only] && Made(only, "Pow") is { Inputs: [var p, var e] } && p == x && Is(Number(e), 3);
    }

    // (x − mean)/√(mean of squares + ε)·weight + bias, over the last axis.
    private OnnxNode? LayerNorm(OnnxNode node)
    {
        foreach (var (product, bias) in new[] { (node.Inputs[0], node.Inputs[1]), (node.Inputs[1], node.Inputs[0]) })
        {
            if (Made(product, "Mul") is not { Inputs: [var left, var right] } || !IsVector(bias))
            {
                continue;
            }

            foreach (var (quotient, weight) in new[] { (left, right), (right, left) })
            {
                if (IsVector(weight) && Made(quotient, "Div") is { Inputs: [var centred, var root] } && Made(root, "Sqrt") is { Inputs: [var sum] }
                    && Made(sum, "Add") is { Inputs: [var variance, var small] } && Number(small) is > 0 and < 1
                    && Made(variance, "ReduceMean") is { } squares && IsLast(squares) && IsSquare(squares.Inputs[0], centred)
                    && Made(centred, "Sub") is { Inputs: [var x, var mean] } && Made(mean, "ReduceMean") is { } average && IsLast(average) && average.Inputs[0] == x)
                {
                    return As(node, "LayerNormalization", [x, weight, bias], OnnxAttribute.Of("axis", -1), OnnxAttribute.Of("epsilon", (float)Number(small)));
                }
            }
        }

        return null;
    }

    private bool IsVector(string name) => _scope.TryGet(name, out var value) && value is Initial { Tensor.Dims.Count: 1 };

    private bool IsSquare(string name, string x) =>
        (Made(name, "Pow") is { Inputs: [var p, var two] } && p == x && Is(Number(two), 2)) || (Made(name, "Mul") is { Inputs: [var a, var b] } && a == x && b == x);

    // Over the last axis alone, which is kept.
    private bool IsLast(OnnxNode mean)
    {
        var axes = mean.Attributes.FirstOrDefault(a => a.Name == "axes")?.Integers;
        if (axes is null && mean.Inputs.Count > 1)
        {
            var tensor = Made(mean.Inputs[1], "Constant")?.Attributes.FirstOrDefault(a => a.Name == "value")?.Tensor;
            axes = tensor?.ToTensor() is Tensor<long> own ? own.Elements
                : _scope.TryGet(mean.Inputs[1], out var value) && value is Known { Value: Tensor<long> known } ? known.Elements : null;
        }

        return axes is [-1] && (mean.Attributes.FirstOrDefault(a => a.Name == "keepdims")?.Integer ?? 1) == 1;
    }
}
