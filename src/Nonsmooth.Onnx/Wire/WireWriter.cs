using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Nonsmooth.Onnx.Wire;

/// <summary>Writes the fields of one message. Long byte strings are kept, not copied, until the whole is written out.</summary>
internal sealed class WireWriter
{
    private const int Short = 256;

    private readonly List<ReadOnlyMemory<byte>> _parts = [];
    private readonly ArrayBufferWriter<byte> _open = new();

    /// <summary>How many bytes were written.</summary>
    public long Length { get; private set; }

    /// <summary>An integer.</summary>
    public void Integer(int field, long value)
    {
        Tag(field, WireType.Varint);
        Varint((ulong)value);
    }

    /// <summary>A float.</summary>
    public void Float(int field, float value)
    {
        Tag(field, WireType.Fixed32);
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        Raw(bytes);
    }

    /// <summary>A byte string.</summary>
    public void Bytes(int field, ReadOnlyMemory<byte> bytes)
    {
        Tag(field, WireType.Bytes);
        Varint((ulong)bytes.Length);
        Whole(bytes);
    }

    /// <summary>A text; nothing where it is empty.</summary>
    public void Text(int field, string text)
    {
        if (text.Length > 0)
        {
            Always(field, text);
        }
    }

    /// <summary>A text, though it be empty.</summary>
    public void Always(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    /// <summary>A message.</summary>
    public void Message(int field, WireWriter message)
    {
        message.Close();
        Tag(field, WireType.Bytes);
        Varint((ulong)message.Length);
        Close();
        _parts.AddRange(message._parts);
        Length += message.Length;
    }

    /// <summary>Integers, packed; nothing where there are none.</summary>
    public void Packed(int field, IReadOnlyList<long> values)
    {
        if (values.Count > 0)
        {
            var inner = new WireWriter();
            foreach (long value in values)
            {
                inner.Varint((ulong)value);
            }

            Message(field, inner);
        }
    }

    /// <summary>Fields as they were read, tags and all.</summary>
    public void Whole(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length <= Short)
        {
            Raw(bytes.Span);
            return;
        }

        Close();
        _parts.Add(bytes);
        Length += bytes.Length;
    }

    /// <summary>Everything, in one array.</summary>
    public byte[] ToArray()
    {
        using var stream = new MemoryStream();
        CopyTo(stream);
        return stream.ToArray();
    }

    /// <summary>Writes everything to a stream.</summary>
    public void CopyTo(Stream stream)
    {
        Close();
        foreach (var part in _parts)
        {
            stream.Write(part.Span);
        }
    }

    private void Tag(int field, WireType type) => Varint(((ulong)field << 3) | (uint)type);

    private void Varint(ulong value)
    {
        Span<byte> bytes = stackalloc byte[10];
        int count = 0;
        for (; value >= 0x80; value >>= 7)
        {
            bytes[count++] = (byte)(value | 0x80);
        }

        bytes[count++] = (byte)value;
        Raw(bytes[..count]);
    }

    private void Raw(ReadOnlySpan<byte> bytes)
    {
        _open.Write(bytes);
        Length += bytes.Length;
    }

    private void Close()
    {
        if (_open.WrittenCount > 0)
        {
            _parts.Add(_open.WrittenSpan.ToArray());
            _open.ResetWrittenCount();
        }
    }
}
