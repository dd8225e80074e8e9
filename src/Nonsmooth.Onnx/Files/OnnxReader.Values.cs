using System.Buffers.Binary;
using System.Globalization;
using Nonsmooth.Onnx.Wire;

namespace Nonsmooth.Onnx.Files;

/// <content>Attributes, tensors and types.</content>
internal sealed partial class OnnxReader
{
    public static OnnxTensor Tensor(ReadOnlyMemory<byte> bytes)
    {
        string name = "";
        var (dims, texts, others) = (new List<long>(), new List<ReadOnlyMemory<byte>>(), new List<ReadOnlyMemory<byte>>());
        var (type, payload, isExternal) = (OnnxDataType.None, OnnxPayload.None, false);
        var external = new List<OnnxProperty>();
        var parts = new List<ReadOnlyMemory<byte>>();
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: Integers(reader.Numbers(WireType.Varint), dims); break;
                case 2: type = (OnnxDataType)reader.Small("a data type"); break;
                case 4: Part(OnnxPayload.Floats, reader.Numbers(WireType.Fixed32)); break;
                case 5: Part(OnnxPayload.Int32s, reader.Numbers(WireType.Varint)); break;
                case 6:
                    payload = OnnxPayload.Texts;
                    texts.Add(reader.Bytes());
                    break;
                case 7: Part(OnnxPayload.Int64s, reader.Numbers(WireType.Varint)); break;
                case 8: name = reader.Text(); break;
                case 9: Part(OnnxPayload.Raw, reader.Bytes()); break;
                case 10: Part(OnnxPayload.Doubles, reader.Numbers(WireType.Fixed64)); break;
                case 11: Part(OnnxPayload.UInt64s, reader.Numbers(WireType.Varint)); break;
                case 13: external.Add(Property(reader.Bytes())); break;
                case 14: isExternal = reader.Integer() == 1; break;
                default: others.Add(reader.Skip()); break;
            }
        }

        return new OnnxTensor
        {
            Name = name, Dims = Few(dims), DataType = type, Texts = Few(texts), Others = Few(others),
            Payload = isExternal ? OnnxPayload.Raw : payload,
            Bytes = Joined(parts),
            External = isExternal ? External(name, external) : null,
        };

        void Part(OnnxPayload kind, ReadOnlyMemory<byte> part)
        {
            if (part.Length > 0 && parts.Count > 0 && payload != kind)
            {
                throw new OnnxException($"tensor '{name}' has its elements in two fields: the file is damaged");
            }

            payload = kind;
            if (part.Length > 0)
            {
                parts.Add(part);
            }
        }
    }

    private OnnxAttribute Attribute(ReadOnlyMemory<byte> bytes)
    {
        var attribute = new OnnxAttribute { Encoded = bytes };
        var (kind, found) = (OnnxAttributeKind.None, OnnxAttributeKind.None);
        var (floats, integers, texts) = (new List<float>(), new List<long>(), new List<ReadOnlyMemory<byte>>());
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: attribute = attribute with { Name = reader.Text() }; break;
                case 2: (attribute, found) = (attribute with { Float = reader.Float() }, OnnxAttributeKind.Float); break;
                case 3: (attribute, found) = (attribute with { Integer = reader.Integer() }, OnnxAttributeKind.Integer); break;
                case 4: (attribute, found) = (attribute with { Bytes = reader.Bytes() }, OnnxAttributeKind.Text); break;
                case 5: (attribute, found) = (attribute with { Tensor = Tensor(reader.Bytes()) }, OnnxAttributeKind.Tensor); break;
                case 6: (attribute, found) = (attribute with { Graph = Graph(reader.Bytes()) }, OnnxAttributeKind.Graph); break;
                case 7:
                    Reals(reader.Numbers(WireType.Fixed32), floats);
                    found = OnnxAttributeKind.Floats;
                    break;
                case 8:
                    Integers(reader.Numbers(WireType.Varint), integers);
                    found = OnnxAttributeKind.Integers;
                    break;
                case 9:
                    texts.Add(reader.Bytes());
                    found = OnnxAttributeKind.Texts;
                    break;
                case 20: kind = (OnnxAttributeKind)reader.Small("an attribute's type"); break;
                case 21: attribute = attribute with { Reference = reader.Text() }; break;
                case 13: reader.Skip(); break;
                default:
                    reader.Skip();
                    found = OnnxAttributeKind.Other;
                    break;
            }
        }

        // Old files do not say what an attribute holds; empty lists leave no trace but what is said.
        kind = kind == OnnxAttributeKind.None ? found : kind > OnnxAttributeKind.Texts ? OnnxAttributeKind.Other : kind;
        return attribute with { Kind = kind, Floats = Few(floats), Integers = Few(integers), Texts = Few(texts) };
    }

    private OnnxValue Value(ReadOnlyMemory<byte> bytes)
    {
        string name = "";
        OnnxType? type = null;
        var others = new List<ReadOnlyMemory<byte>>();
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: name = reader.Text(); break;
                case 2: type = Type(reader.Bytes()); break;
                default: others.Add(reader.Skip()); break;
            }
        }

        return new OnnxValue(name, type) { Others = Few(others) };
    }

    private OnnxType Type(ReadOnlyMemory<byte> bytes)
    {
        Deeper("types");
        var type = new OnnxType { Encoded = bytes };
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: type = TensorType(reader.Bytes()) with { Encoded = bytes }; break;
                case 4: type = type with { Kind = OnnxTypeKind.Sequence, Inner = Element(reader.Bytes()) }; break;
                case 9: type = type with { Kind = OnnxTypeKind.Optional, Inner = Element(reader.Bytes()) }; break;
                default: reader.Skip(); break;
            }
        }

        _depth--;
        return type;
    }

    private OnnxType? Element(ReadOnlyMemory<byte> bytes)
    {
        OnnxType? type = null;
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            if (reader.Field == 1)
            {
                type = Type(reader.Bytes());
            }
            else
            {
                reader.Skip();
            }
        }

        return type;
    }

    private static OnnxType TensorType(ReadOnlyMemory<byte> bytes)
    {
        var element = OnnxDataType.None;
        List<OnnxDim>? dims = null;
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: element = (OnnxDataType)reader.Small("a data type"); break;
                case 2:
                    dims = [];
                    var shape = new WireReader(reader.Bytes());
                    while (shape.Next())
                    {
                        if (shape.Field == 1)
                        {
                            dims.Add(Dim(shape.Bytes()));
                        }
                        else
                        {
                            shape.Skip();
                        }
                    }

                    break;
                default: reader.Skip(); break;
            }
        }

        return OnnxType.Tensor(element, dims);
    }

    private static OnnxDim Dim(ReadOnlyMemory<byte> bytes)
    {
        long? size = null;
        string symbol = "";
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1: size = reader.Integer(); break;
                case 2: symbol = reader.Text(); break;
                default: reader.Skip(); break;
            }
        }

        // Exporters write −1 for a size that they do not know.
        return new OnnxDim(size >= 0 ? size : null, symbol);
    }

    private static OnnxExternal External(string name, List<OnnxProperty> properties)
    {
        string location = properties.Find(p => p.Key == "location")?.Value ?? throw new OnnxException($"tensor '{name}' is external and does not say where: the file is damaged");
        return new OnnxExternal(location, Number("offset") ?? 0, Number("length"));

        long? Number(string key) => properties.Find(p => p.Key == key)?.Value switch
        {
            null => null,
            var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) => number,
            var text => throw new OnnxException($"tensor '{name}' has '{text}' as its {key}: it has to be a number of bytes"),
        };
    }

    private static void Integers(ReadOnlyMemory<byte> packed, List<long> into)
    {
        for (int at = 0; at < packed.Length;)
        {
            into.Add((long)WireReader.Varint(packed.Span, ref at));
        }
    }

    private static void Reals(ReadOnlyMemory<byte> packed, List<float> into)
    {
        for (int at = 0; at + 4 <= packed.Length; at += 4)
        {
            into.Add(BinaryPrimitives.ReadSingleLittleEndian(packed.Span[at..]));
        }
    }

    private static ReadOnlyMemory<byte> Joined(List<ReadOnlyMemory<byte>> parts)
    {
        if (parts.Count <= 1)
        {
            return parts.Count == 0 ? default : parts[0];
        }

        byte[] all = new byte[parts.Sum(p => (long)p.Length)];
        int at = 0;
        foreach (var part in parts)
        {
            part.CopyTo(all.AsMemory(at));
            at += part.Length;
        }

        return all;
    }
}
