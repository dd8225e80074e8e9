using System.Buffers.Binary;
using System.Text;

namespace Nonsmooth.Onnx.Wire;

/// <summary>Reads the fields of one message, in their order. Byte strings stay slices of what was read.</summary>
internal struct WireReader(ReadOnlyMemory<byte> message)
{
    private int _at;
    private int _tag;

    /// <summary>The number of the field that <see cref="Next"/> found.</summary>
    public int Field { readonly get; private set; }

    /// <summary>How it is written.</summary>
    public WireType Type { readonly get; private set; }

    /// <summary>Moves to the next field; false at the end. Each field is then read once, or skipped.</summary>
    public bool Next()
    {
        if (_at == message.Length)
        {
            return false;
        }

        _tag = _at;
        ulong tag = Varint(message.Span, ref _at);
        (Field, Type) = ((int)Math.Min(tag >> 3, int.MaxValue), (WireType)(tag & 7));
        return Field > 0 && Type is WireType.Varint or WireType.Fixed64 or WireType.Bytes or WireType.Fixed32
            ? true
            : throw new OnnxException($"byte {_tag} of a message starts no field (tag {tag}): the file is damaged or no ONNX model");
    }

    /// <summary>An integer of up to 64 bits; negative ones are written in two's complement.</summary>
    public long Integer()
    {
        Expect(WireType.Varint);
        return (long)Varint(message.Span, ref _at);
    }

    /// <summary>An integer that has to fit in 32 bits.</summary>
    public int Small(string what)
    {
        long value = Integer();
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw new OnnxException($"{what} is {value}: it has to fit in 32 bits");
    }

    /// <summary>A float.</summary>
    public float Float()
    {
        Expect(WireType.Fixed32);
        return BinaryPrimitives.ReadSingleLittleEndian(Take(4).Span);
    }

    /// <summary>A byte string or a message.</summary>
    public ReadOnlyMemory<byte> Bytes()
    {
        Expect(WireType.Bytes);
        ulong length = Varint(message.Span, ref _at);
        return length <= (ulong)(message.Length - _at)
            ? Take((int)length)
            : throw new OnnxException($"field {Field} says {length} bytes where {message.Length - _at} are left: the file is cut short or damaged");
    }

    /// <summary>A text; what is no UTF-8 is replaced.</summary>
    public string Text() => Encoding.UTF8.GetString(Bytes().Span);

    /// <summary>Passes over the field and returns it whole, with its tag.</summary>
    public ReadOnlyMemory<byte> Skip()
    {
        _ = Type switch
        {
            WireType.Varint => Integer(),
            WireType.Fixed64 => Take(8).Length,
            WireType.Fixed32 => Take(4).Length,
            _ => Bytes().Length,
        };
        return message[_tag.._at];
    }

    /// <summary>The numbers of a repeated field as they stand, packed or one alone.</summary>
    /// <param name="single">How one alone is written.</param>
    public ReadOnlyMemory<byte> Numbers(WireType single)
    {
        if (Type == WireType.Bytes)
        {
            return Bytes();
        }

        Expect(single);
        int start = _at;
        if (single == WireType.Varint)
        {
            Varint(message.Span, ref _at);
            return message[start.._at];
        }

        return Take(single == WireType.Fixed32 ? 4 : 8);
    }

    /// <summary>Reads one varint and moves behind it.</summary>
    public static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            if (at >= bytes.Length)
            {
                throw new OnnxException("a number is cut short: the file is damaged");
            }

            byte b = bytes[at++];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                return value;
            }
        }

        throw new OnnxException("a number has more than ten bytes: the file is damaged");
    }

    private ReadOnlyMemory<byte> Take(int count)
    {
        if (count > message.Length - _at)
        {
            throw new OnnxException($"field {Field} needs {count} bytes where {message.Length - _at} are left: the file is cut short or damaged");
        }

        _at += count;
        return message.Slice(_at - count, count);
    }

    private readonly void Expect(WireType type)
    {
        if (Type != type)
        {
            throw new OnnxException($"field {Field} is written as {Type}, not {type}: the file is damaged or no ONNX model");
        }
    }
}
