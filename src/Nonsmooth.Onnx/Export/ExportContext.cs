using System.Globalization;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Onnx.Marks;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Export;

/// <summary>A model while it is written: names of values, nodes, constants.</summary>
internal sealed class ExportContext(OnnxExportOptions options, Program whole)
{
    private readonly List<OnnxNode> _nodes = [];
    private readonly List<OnnxTensor> _initializers = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _constants = new(StringComparer.Ordinal);
    private Program? _program;
    private Node? _node;
    private string _prefix = "";

    /// <summary>The version of ONNX's operators.</summary>
    public int Opset => options.Opset;

    /// <summary>The type of reals.</summary>
    public OnnxDataType Real => options.InDouble ? OnnxDataType.Double : OnnxDataType.Float;

    /// <summary>The node that is written.</summary>
    public Node Node => _node!;

    /// <summary>The types of its arguments.</summary>
    public IReadOnlyList<TensorType> Types => _program!.ArgumentTypes(Node);

    /// <summary>The type of one of its results.</summary>
    public TensorType Result(int result = 0) => _program!.Types[Node.Results[result]];

    public OnnxModel Run()
    {
        var inputs = new List<OnnxValue>();
        foreach (string name in whole.Inputs.Select(i => i.Name).Concat(whole.Outputs.Select(o => o.Name)))
        {
            _names.Add(name);
        }

        foreach (var input in whole.Inputs)
        {
            var type = whole.Types[input.Value];
            if (options.Weights.TryGetValue(input.Name, out var weight))
            {
                _initializers.Add(weight.Shape.Equals(type.Shape)
                    ? Stored(input.Name, weight)
                    : throw new NonsmoothException($"weight '{input.Name}' is {weight.Shape}, the program takes {type.Shape}: give that shape"));
            }
            else
            {
                inputs.Add(Value(input.Name, type));
            }
        }

        string[] results = Nodes(whole, [.. whole.Inputs.Select(i => i.Name)], areMarked: true);

        // An output has the name that the program gives it, whatever made it.
        foreach (var (output, value) in whole.Outputs.Zip(results))
        {
            _nodes.Add(new OnnxNode { Op = "Identity", Name = Unique($"output.{output.Name}"), Inputs = [value ?? throw new NonsmoothException($"output '{output.Name}' has no operator of ONNX")], Outputs = [output.Name] });
        }

        return new OnnxModel
        {
            IrVersion = Opset >= 21 ? 10 : 8,
            ProducerName = "Nonsmooth",
            Opsets = [new OnnxOpset("", Opset)],
            Metadata = options.Metadata,
            Graph = new OnnxGraph
            {
                Name = options.Name,
                Nodes = _nodes,
                Initializers = _initializers,
                Inputs = inputs,
                Outputs = [.. whole.Outputs.Select(o => Value(o.Name, whole.Types[o.Value]))],
            },
        };
    }

    // The nodes of a program on given values; what its outputs are.
    private string[] Nodes(Program program, string[] arguments, bool areMarked)
    {
        string[] values = new string[program.Types.Count];
        foreach (var (input, name) in program.Inputs.Zip(arguments))
        {
            values[input.Value] = name;
        }

        foreach (var node in program.Nodes)
        {
            int start = _nodes.Count;
            string[] taken = [.. node.Arguments.Select(a => values[a])];
            string[] results = Apply(program, node, taken);
            results = areMarked ? Marked(node, start, taken, results) : results;
            for (int i = 0; i < node.Results.Length && i < results.Length; i++)
            {
                values[node.Results[i]] = results[i];
            }
        }

        return [.. program.Outputs.Select(o => values[o.Value])];
    }

    // By its row; without one, by what it is defined by.
    private string[] Apply(Program program, Node node, string[] arguments)
    {
        var (outerProgram, outerNode, outerPrefix) = (_program, _node, _prefix);
        (_program, _node) = (program, node);
        string[] results;
        if (ExportTable.Find(node.Function) is { } row)
        {
            results = row(this, node.Function, arguments);
        }
        else
        {
            _prefix = $"{_prefix}{node.Name}.";
            results = Nodes(OnnxExport.WrittenOut(program, node), arguments, areMarked: false);
        }

        (_program, _node, _prefix) = (outerProgram, outerNode, outerPrefix);
        return results;
    }

    // A chain says which function it was, where reading it would give several.
    private string[] Marked(Node node, int start, string[] arguments, string[] results)
    {
        var made = _nodes.Skip(start).SelectMany(n => n.Outputs.Select(o => (Output: o, Node: n))).ToDictionary(p => p.Output, p => p.Node, StringComparer.Ordinal);
        _node = node;
        results = [.. results.Select(r => r is null || made.ContainsKey(r) || _constants.ContainsValue(r) ? r! : Add("Identity", [r]))];
        var group = _nodes.Skip(start).Where(n => n.Op != "Constant").ToArray();
        made = group.SelectMany(n => n.Outputs.Select(o => (Output: o, Node: n))).ToDictionary(p => p.Output, p => p.Node, StringComparer.Ordinal);
        if (group.Length == 0 || (group is [var only] && IsPlain(only)) || !results.All(r => r is not null && made.ContainsKey(r))
            || FunctionText.Write(node.Function) is not { } text || NodeMark.ChainOf(results, arguments, made.GetValueOrDefault) is not { } chain)
        {
            return results;
        }

        int last = _nodes.IndexOf(made[results[0]]);
        _nodes[last] = _nodes[last] with { Metadata = [.. _nodes[last].Metadata, new NodeMark(text, arguments, results, chain).ToProperty()] };
        return results;
    }

    // Operators that the importer takes for functions one to one; the others stand for several.
    private static bool IsPlain(OnnxNode node) => node.Op is not ("Identity" or "ConstantOfShape" or "Gather" or "GatherElements" or "ScatterElements" or "TopK" or "Mul" or "Max" or "Min" or "LpPool" or "GridSample"
        or "ConvTranspose" or "ReduceMax");

    /// <summary>Adds a node with one result and returns its name.</summary>
    public string Add(string op, string[] inputs, params OnnxAttribute[] attributes) => AddMany(op, inputs, 1, attributes)[0];

    /// <summary>Adds a node that is one function of several which the operator stands for.</summary>
    public string AddAs(string op, string function, string[] inputs, params OnnxAttribute[] attributes)
    {
        string result = Add(op, inputs, attributes);
        _nodes[^1] = _nodes[^1] with { Metadata = [new OnnxProperty(OnnxExport.FunctionKey, function)] };
        return result;
    }

    /// <summary>Adds a node and returns the names of its results.</summary>
    public string[] AddMany(string op, string[] inputs, int results, params OnnxAttribute[] attributes)
    {
        if (Opset < 16 && Array.Exists(attributes, a => a.Name == "reduction"))
        {
            throw new NonsmoothException($"{Node.Name}: a sum at places of an index has no operator of ONNX before opset 16: choose that or a later one");
        }

        string name = Unique(_prefix + Node.Name);
        string[] outputs = [.. Enumerable.Range(0, results).Select(i => Unique(i == 0 ? $"{name}.value" : $"{name}.value{i}"))];
        _nodes.Add(new OnnxNode { Op = op, Name = name, Inputs = inputs, Outputs = outputs, Attributes = attributes });
        return outputs;
    }

    /// <summary>A value in another shape.</summary>
    public string Shaped(string x, params IEnumerable<int> sizes)
    {
        string target = Integers(sizes);
        return Opset >= 14 ? Add("Reshape", [x, target], OnnxAttribute.Of("allowzero", 1))
            : !sizes.Contains(0) ? Add("Reshape", [x, target])
            : throw new NonsmoothException($"{Node.Name}: a shape with an axis of no elements has no operator of ONNX before opset 14");
    }

    /// <summary>A scalar of reals.</summary>
    public string Number(double value) => Constant(string.Create(CultureInfo.InvariantCulture, $"r{BitConverter.DoubleToInt64Bits(value):x}"), () => Tensor.Of(Shape.Scalar, [value]));

    /// <summary>A scalar of integers.</summary>
    public string Integer(long value) => Constant($"i{value}", () => Tensor.Of(Shape.Scalar, [value]));

    /// <summary>A vector of integers.</summary>
    public string Integers(params IEnumerable<int> values) => Constant($"v{string.Join('_', values)}", () => Tensor.Of(new Shape(values.Count()), [.. values.Select(v => (long)v)]));

    /// <summary>A tensor of constants.</summary>
    public string Tensors(Tensor value)
    {
        string name = Unique("constant");
        _initializers.Add(Stored(name, value));
        return name;
    }

    private string Constant(string key, Func<Tensor> make)
    {
        if (!_constants.TryGetValue(key, out string? name))
        {
            // In a node, not an initializer: what is read again is a constant, not a weight.
            name = Unique($"constant.{key}");
            _nodes.Add(new OnnxNode { Op = "Constant", Name = name, Outputs = [name], Attributes = [OnnxAttribute.Of("value", Stored("", make()))] });
            _constants.Add(key, name);
        }

        return name;
    }

    /// <summary>A tensor of constants in a node of its own, which says that it is no weight.</summary>
    public string Table(Tensor value)
    {
        string name = Unique($"{_prefix}{Node.Name}.table");
        _nodes.Add(new OnnxNode
        {
            Op = "Constant", Name = name, Outputs = [name], Attributes = [OnnxAttribute.Of("value", Stored("", value))], Metadata = [new OnnxProperty(OnnxExport.FunctionKey, "constant")],
        });
        return name;
    }

    private OnnxTensor Stored(string name, Tensor value) => OnnxTensor.Of(name, value switch
    {
        Tensor<double> t when !options.InDouble => new Tensor<float>(t.Shape, Array.ConvertAll(t.Elements, x => (float)x)),
        Tensor<float> t when options.InDouble => new Tensor<double>(t.Shape, Array.ConvertAll(t.Elements, x => (double)x)),
        _ => value,
    });

    private OnnxValue Value(string name, TensorType type) => new(name, OnnxType.Tensor(
        type.Kind switch
        {
            ElementKind.Real => Real,
            ElementKind.Index => OnnxDataType.Int64,
            _ => OnnxDataType.Bool,
        },
        [.. type.Shape.Select(s => new OnnxDim(s))]));

    private string Unique(string name)
    {
        string unique = name;
        for (int copy = 2; !_names.Add(unique); copy++)
        {
            unique = $"{name}.{copy}";
        }

        return unique;
    }
}
