using System.Globalization;
using Nonsmooth.Onnx.Wire;

namespace Nonsmooth.Onnx.Files;

/// <summary>From a model's parts to its bytes.</summary>
internal static class OnnxWriter
{
    public static WireWriter Model(OnnxModel model)
    {
        var writer = new WireWriter();
        writer.Integer(1, model.IrVersion);
        writer.Text(2, model.ProducerName);
        writer.Text(3, model.ProducerVersion);
        writer.Message(7, Graph(model.Graph));
        foreach (var opset in model.Opsets)
        {
            var inner = new WireWriter();
            inner.Text(1, opset.Domain);
            inner.Integer(2, opset.Version);
            writer.Message(8, inner);
        }

        Properties(writer, 14, model.Metadata);
        foreach (var function in model.Functions)
        {
            writer.Bytes(25, function.Encoded);
        }

        return Rest(writer, model.Others);
    }

    public static WireWriter Graph(OnnxGraph graph)
    {
        var writer = new WireWriter();
        foreach (var node in graph.Nodes)
        {
            writer.Message(1, Node(node));
        }

        writer.Text(2, graph.Name);
        foreach (var tensor in graph.Initializers)
        {
            writer.Message(5, Tensor(tensor));
        }

        foreach (var (field, values) in new[] { (11, graph.Inputs), (12, graph.Outputs), (13, graph.Values) })
        {
            foreach (var value in values)
            {
                var inner = new WireWriter();
                inner.Text(1, value.Name);
                if (value.Type is { } type)
                {
                    inner.Message(2, Type(type));
                }

                writer.Message(field, Rest(inner, value.Others));
            }
        }

        return Rest(writer, graph.Others);
    }

    private static WireWriter Node(OnnxNode node)
    {
        var writer = new WireWriter();
        foreach (string input in node.Inputs)
        {
            writer.Always(1, input);
        }

        foreach (string output in node.Outputs)
        {
            writer.Always(2, output);
        }

        writer.Text(3, node.Name);
        writer.Text(4, node.Op);
        foreach (var attribute in node.Attributes)
        {
            writer.Message(5, Attribute(attribute));
        }

        writer.Text(7, node.Domain);
        Properties(writer, 9, node.Metadata);
        return Rest(writer, node.Others);
    }

    private static WireWriter Attribute(OnnxAttribute attribute)
    {
        var writer = new WireWriter();
        if (attribute.Encoded.Length > 0)
        {
            writer.Whole(attribute.Encoded);
            return writer;
        }

        writer.Text(1, attribute.Name);
        writer.Integer(20, (long)attribute.Kind);
        switch (attribute.Kind)
        {
            case OnnxAttributeKind.Float: writer.Float(2, attribute.Float); break;
            case OnnxAttributeKind.Integer: writer.Integer(3, attribute.Integer); break;
            case OnnxAttributeKind.Text: writer.Bytes(4, attribute.Bytes); break;
            case OnnxAttributeKind.Tensor: writer.Message(5, Tensor(attribute.Tensor!)); break;
            case OnnxAttributeKind.Graph: writer.Message(6, Graph(attribute.Graph!)); break;
            case OnnxAttributeKind.Integers: writer.Packed(8, attribute.Integers); break;
            case OnnxAttributeKind.Floats:
                foreach (float value in attribute.Floats)
                {
                    writer.Float(7, value);
                }

                break;
            case OnnxAttributeKind.Texts:
                foreach (var text in attribute.Texts)
                {
                    writer.Bytes(9, text);
                }

                break;
            default: throw new OnnxException($"attribute '{attribute.Name}' of kind {attribute.Kind} can be written only as it was read");
        }

        return writer;
    }

    public static WireWriter Tensor(OnnxTensor tensor)
    {
        var writer = new WireWriter();
        writer.Packed(1, tensor.Dims);
        writer.Integer(2, (long)tensor.DataType);
        writer.Text(8, tensor.Name);
        foreach (var text in tensor.Texts)
        {
            writer.Bytes(6, text);
        }

        int field = tensor.Payload switch
        {
            OnnxPayload.Floats => 4,
            OnnxPayload.Int32s => 5,
            OnnxPayload.Int64s => 7,
            OnnxPayload.Doubles => 10,
            OnnxPayload.UInt64s => 11,
            _ => 9,
        };
        if (tensor.External is { } external)
        {
            Properties(writer, 13, [
                new("location", external.Location), new("offset", external.Offset.ToString(CultureInfo.InvariantCulture)),
                .. external.Length is { } length ? [new OnnxProperty("length", length.ToString(CultureInfo.InvariantCulture))] : Array.Empty<OnnxProperty>()]);
            writer.Integer(14, 1);
        }
        else if (tensor.Payload is not (OnnxPayload.None or OnnxPayload.Texts))
        {
            writer.Bytes(field, tensor.Bytes);
        }

        return Rest(writer, tensor.Others);
    }

    private static WireWriter Type(OnnxType type)
    {
        var writer = new WireWriter();
        if (type.Encoded.Length > 0)
        {
            writer.Whole(type.Encoded);
            return writer;
        }

        if (type.Kind != OnnxTypeKind.Tensor)
        {
            throw new OnnxException($"a type of kind {type.Kind} can be written only as it was read");
        }

        var tensor = new WireWriter();
        tensor.Integer(1, (long)type.Element);
        if (type.Dims is { } dims)
        {
            var shape = new WireWriter();
            foreach (var dim in dims)
            {
                var inner = new WireWriter();
                if (dim.Size is { } size)
                {
                    inner.Integer(1, size);
                }

                inner.Text(2, dim.Symbol);
                shape.Message(1, inner);
            }

            tensor.Message(2, shape);
        }

        writer.Message(1, tensor);
        return writer;
    }

    private static void Properties(WireWriter writer, int field, IEnumerable<OnnxProperty> properties)
    {
        foreach (var property in properties)
        {
            var inner = new WireWriter();
            inner.Text(1, property.Key);
            inner.Text(2, property.Value);
            writer.Message(field, inner);
        }
    }

    private static WireWriter Rest(WireWriter writer, IEnumerable<ReadOnlyMemory<byte>> others)
    {
        foreach (var other in others)
        {
            writer.Whole(other);
        }

        return writer;
    }
}
