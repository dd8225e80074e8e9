using Nonsmooth.Onnx.Wire;

namespace Nonsmooth.Onnx.Files;

/// <summary>From the bytes of a model to its parts. Field numbers are those of the format's onnx.proto.</summary>
internal sealed partial class OnnxReader(OnnxLimits limits)
{
    private int _depth;

    public OnnxModel Model(ReadOnlyMemory<byte> bytes)
    {
        var model = new OnnxModel { IrVersion = 0 };
        var (opsets, functions, metadata) = (new List<OnnxOpset>(), new List<OnnxFunction>(), new List<OnnxProperty>());
        var others = new List<ReadOnlyMemory<byte>>();
        bool hasGraph = false;
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: model = model with { IrVersion = reader.Integer() }; break;
                case 2: model = model with { ProducerName = reader.Text() }; break;
                case 3: model = model with { ProducerVersion = reader.Text() }; break;
                case 7: (model, hasGraph) = (model with { Graph = Graph(reader.Bytes()) }, true); break;
                case 8: opsets.Add(Opset(reader.Bytes())); break;
                case 14: metadata.Add(Property(reader.Bytes())); break;
                case 25: functions.Add(Function(reader.Bytes())); break;
                default: others.Add(reader.Skip()); break;
            }
        }

        return hasGraph
            ? model with { Opsets = opsets, Functions = functions, Metadata = metadata, Others = others }
            : throw new OnnxException("it has no graph: it is no ONNX model, or only its outer part");
    }

    public OnnxGraph Graph(ReadOnlyMemory<byte> bytes)
    {
        Deeper("graphs");
        string name = "";
        int sparse = 0;
        var (nodes, initializers) = (new List<OnnxNode>(), new List<OnnxTensor>());
        var (inputs, outputs, values) = (new List<OnnxValue>(), new List<OnnxValue>(), new List<OnnxValue>());
        var others = new List<ReadOnlyMemory<byte>>();
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: nodes.Add(Node(reader.Bytes())); break;
                case 2: name = reader.Text(); break;
                case 5: initializers.Add(Tensor(reader.Bytes())); break;
                case 11: inputs.Add(Value(reader.Bytes())); break;
                case 12: outputs.Add(Value(reader.Bytes())); break;
                case 13: values.Add(Value(reader.Bytes())); break;
                case 15:
                    sparse++;
                    others.Add(reader.Skip());
                    break;
                default: others.Add(reader.Skip()); break;
            }
        }

        _depth--;
        return new OnnxGraph
        {
            Name = name, Nodes = nodes, Initializers = initializers, SparseInitializers = sparse,
            Inputs = inputs, Outputs = outputs, Values = values, Others = Few(others),
        };
    }

    private OnnxNode Node(ReadOnlyMemory<byte> bytes)
    {
        var (name, op, domain) = ("", "", "");
        var (inputs, outputs) = (new List<string>(), new List<string>());
        var (attributes, metadata, others) = (new List<OnnxAttribute>(), new List<OnnxProperty>(), new List<ReadOnlyMemory<byte>>());
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: inputs.Add(reader.Text()); break;
                case 2: outputs.Add(reader.Text()); break;
                case 3: name = reader.Text(); break;
                case 4: op = reader.Text(); break;
                case 5: attributes.Add(Attribute(reader.Bytes())); break;
                case 7: domain = Domain(reader.Text()); break;
                case 9: metadata.Add(Property(reader.Bytes())); break;
                default: others.Add(reader.Skip()); break;
            }
        }

        return new OnnxNode
        {
            Name = name, Op = op, Domain = domain, Inputs = Few(inputs), Outputs = Few(outputs),
            Attributes = Few(attributes), Metadata = Few(metadata), Others = Few(others),
        };
    }

    private OnnxFunction Function(ReadOnlyMemory<byte> bytes)
    {
        var (name, domain) = ("", "");
        var (inputs, outputs, attributes) = (new List<string>(), new List<string>(), new List<string>());
        var (defaults, nodes, opsets) = (new List<OnnxAttribute>(), new List<OnnxNode>(), new List<OnnxOpset>());
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: name = reader.Text(); break;
                case 4: inputs.Add(reader.Text()); break;
                case 5: outputs.Add(reader.Text()); break;
                case 6: attributes.Add(reader.Text()); break;
                case 7: nodes.Add(Node(reader.Bytes())); break;
                case 9: opsets.Add(Opset(reader.Bytes())); break;
                case 10: domain = Domain(reader.Text()); break;
                case 11: defaults.Add(Attribute(reader.Bytes())); break;
                default: reader.Skip(); break;
            }
        }

        return new OnnxFunction
        {
            Name = name, Domain = domain, Inputs = inputs, Outputs = outputs, Attributes = attributes,
            Defaults = defaults, Nodes = nodes, Opsets = opsets, Encoded = bytes,
        };
    }

    private static OnnxOpset Opset(ReadOnlyMemory<byte> bytes)
    {
        var (domain, version) = ("", 0L);
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: domain = Domain(reader.Text()); break;
                case 2: version = reader.Integer(); break;
                default: reader.Skip(); break;
            }
        }

        return new OnnxOpset(domain, version);
    }

    private static OnnxProperty Property(ReadOnlyMemory<byte> bytes)
    {
        var (key, value) = ("", "");
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: key = reader.Text(); break;
                case 2: value = reader.Text(); break;
                default: reader.Skip(); break;
            }
        }

        return new OnnxProperty(key, value);
    }

    // ONNX's own operators go by two names.
    private static string Domain(string name) => name == "ai.onnx" ? "" : name;

    private void Deeper(string what)
    {
        if (++_depth > limits.Nesting)
        {
            throw new OnnxException($"{what} are nested more than {limits.Nesting} deep: raise the limit if you trust the file");
        }
    }

    private static IReadOnlyList<T> Few<T>(List<T> items) => items.Count == 0 ? [] : [.. items];
}
