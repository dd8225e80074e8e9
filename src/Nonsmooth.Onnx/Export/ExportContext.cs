using System.Globalization;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Export;

/// <summary>A model while it is written: names of values, nodes, constants.</summary>
internal sealed class ExportContext(OnnxExportOptions options, Program program)
{
    private readonly List<OnnxNode> _nodes = [];
    private readonly List<OnnxTensor> _initializers = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _constants = new(StringComparer.Ordinal);
    private readonly string[] _values = new string[program.Types.Count];
    private Node? _node;

    /// <summary>The version of ONNX's operators.</summary>
    public int Opset => options.Opset;

    /// <summary>The type of reals.</summary>
    public OnnxDataType Real => options.InDouble ? OnnxDataType.Double : OnnxDataType.Float;

    /// <summary>The node that is written.</summary>
    public Node Node => _node!;

    /// <summary>The types of its arguments.</summary>
    public IReadOnlyList<TensorType> Types => program.ArgumentTypes(Node);

    /// <summary>The type of one of its results.</summary>
    public TensorType Result(int result = 0) => program.Types[Node.Results[result]];

    public OnnxModel Run()
    {
        var inputs = new List<OnnxValue>();
        foreach (string name in program.Inputs.Select(i => i.Name).Concat(program.Outputs.Select(o => o.Name)))
        {
            _names.Add(name);
        }

        foreach (var input in program.Inputs)
        {
            _values[input.Value] = input.Name;
            var type = program.Types[input.Value];
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

        foreach (var node in program.Nodes)
        {
            _node = node;
            string[] results = ExportTable.Find(node.Function)!(this, node.Function, [.. node.Arguments.Select(a => _values[a])]);
            for (int i = 0; i < node.Results.Length && i < results.Length; i++)
            {
                _values[node.Results[i]] = results[i];
            }
        }

        // An output has the name that the program gives it, whatever made it.
        foreach (var output in program.Outputs)
        {
            _nodes.Add(new OnnxNode { Op = "Identity", Name = Unique($"output.{output.Name}"), Inputs = [_values[output.Value] ?? throw new NonsmoothException($"output '{output.Name}' has no operator of ONNX")], Outputs = [output.Name] });
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
                Outputs = [.. program.Outputs.Select(o => Value(o.Name, program.Types[o.Value]))],
            },
        };
    }

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
        string name = Unique(Node.Name);
        string[] outputs = [.. Enumerable.Range(0, results).Select(i => Unique(i == 0 ? $"{name}.value" : $"{name}.value{i}"))];
        _nodes.Add(new OnnxNode { Op = op, Name = name, Inputs = inputs, Outputs = outputs, Attributes = attributes });
        return outputs;
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
        string name = Unique($"{Node.Name}.table");
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
