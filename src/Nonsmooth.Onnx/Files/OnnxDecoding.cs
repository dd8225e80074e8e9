using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using Nonsmooth.Onnx.Wire;
using Nonsmooth.Tensors;

namespace Nonsmooth.Onnx.Files;

/// <summary>From the bytes of stored tensors to numbers and back. Lengths are checked before arrays are made.</summary>
internal static class OnnxDecoding
{
    public static Tensor<double> Reals(OnnxTensor tensor)
    {
        if (tensor.DataType == OnnxDataType.Double && tensor.Payload is OnnxPayload.Raw or OnnxPayload.Doubles)
        {
            return new Tensor<double>(tensor.Shape, MemoryMarshal.Cast<byte, double>(Fixed(tensor, 8)).ToArray());
        }

        if (tensor.DataType == OnnxDataType.Float && tensor.Payload is OnnxPayload.Raw or OnnxPayload.Floats)
        {
            var floats = MemoryMarshal.Cast<byte, float>(Fixed(tensor, 4));
            var reals = new double[floats.Length];
            for (int i = 0; i < reals.Length; i++)
            {
                reals[i] = floats[i];
            }

            return new Tensor<double>(tensor.Shape, reals);
        }

        var type = tensor.DataType;
        if (!type.IsReal() && !type.IsInteger())
        {
            throw new OnnxException($"tensor '{tensor.Name}' holds {type}, where real numbers are needed");
        }

        return new Tensor<double>(tensor.Shape, Array.ConvertAll<long, double>(Patterns(tensor), type.IsInteger() ? p => Integer(type, p) : p => SmallFloats.Value(type, (uint)p)));
    }

    public static Tensor<float> Floats(OnnxTensor tensor) => tensor.DataType == OnnxDataType.Float && tensor.Payload is OnnxPayload.Raw or OnnxPayload.Floats
        ? new Tensor<float>(tensor.Shape, MemoryMarshal.Cast<byte, float>(Fixed(tensor, 4)).ToArray())
        : new Tensor<float>(tensor.Shape, Array.ConvertAll(Reals(tensor).Elements, x => (float)x));

    // Masks have −∞, or the least float in its place.
    private const float Huge = 1e30f;

    /// <summary>Whether all elements are of a size that weights have.</summary>
    public static bool IsModest(OnnxTensor tensor)
    {
        if (tensor.DataType != OnnxDataType.Float || tensor.Payload is not (OnnxPayload.Raw or OnnxPayload.Floats))
        {
            return Array.TrueForAll(Reals(tensor).Elements, x => Math.Abs(x) < Huge);
        }

        foreach (float x in MemoryMarshal.Cast<byte, float>(Fixed(tensor, 4)))
        {
            if (!(Math.Abs(x) < Huge))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A number that tensors of the same elements share, in whichever order they have them.</summary>
    public static ulong Fingerprint(OnnxTensor tensor)
    {
        ulong sum = 0;
        if (tensor.DataType == OnnxDataType.Float && tensor.Payload is OnnxPayload.Raw or OnnxPayload.Floats)
        {
            foreach (uint bits in MemoryMarshal.Cast<byte, uint>(Fixed(tensor, 4)))
            {
                sum += bits * 0x9E3779B97F4A7C15UL;
            }

            return sum;
        }

        foreach (double x in Reals(tensor).Elements)
        {
            sum += (ulong)BitConverter.DoubleToInt64Bits(x);
        }

        return sum;
    }

    public static Tensor<long> Indices(OnnxTensor tensor)
    {
        var type = tensor.DataType;
        long[] values = Array.ConvertAll(Patterns(tensor), p => Integer(type, p));
        return type != OnnxDataType.UInt64 || !values.Any(v => v < 0)
            ? new Tensor<long>(tensor.Shape, values)
            : throw new OnnxException($"tensor '{tensor.Name}' holds an integer above {long.MaxValue}: store it in 64 signed bits");
    }

    public static Tensor<bool> Truths(OnnxTensor tensor) => new(tensor.Shape, Array.ConvertAll(Patterns(tensor), p => p != 0));

    public static OnnxTensor Encode(string name, Tensor value)
    {
        var (type, bytes) = value switch
        {
            Tensor<float> t => (OnnxDataType.Float, MemoryMarshal.AsBytes<float>(t.Elements).ToArray()),
            Tensor<double> t => (OnnxDataType.Double, MemoryMarshal.AsBytes<double>(t.Elements).ToArray()),
            Tensor<long> t => (OnnxDataType.Int64, MemoryMarshal.AsBytes<long>(t.Elements).ToArray()),
            Tensor<bool> t => (OnnxDataType.Bool, MemoryMarshal.AsBytes<bool>(t.Elements).ToArray()),
            _ => throw new NonsmoothException($"a stored tensor is made of float, double, long or bool, not {value.GetType().Name}: convert it"),
        };
        return new OnnxTensor { Name = name, Dims = [.. value.Shape.Select(s => (long)s)], DataType = type, Payload = OnnxPayload.Raw, Bytes = bytes };
    }

    public static OnnxTensor Encode(OnnxTensor like, Tensor value)
    {
        if (!value.Shape.Equals(like.Shape))
        {
            throw new OnnxException($"tensor '{like.Name}' is {like.Shape}, what should take its place {value.Shape}: give the same shape");
        }

        double[] reals = value switch
        {
            Tensor<double> t => t.Elements,
            Tensor<float> t => Array.ConvertAll(t.Elements, x => (double)x),
            _ => throw new OnnxException($"tensor '{like.Name}' takes real numbers, not {value.GetType().Name}"),
        };
        byte[] bytes = like.DataType switch
        {
            OnnxDataType.Double => MemoryMarshal.AsBytes<double>(reals).ToArray(),
            OnnxDataType.Float => MemoryMarshal.AsBytes<float>(Array.ConvertAll(reals, x => (float)x)).ToArray(),
            OnnxDataType.Float16 => MemoryMarshal.AsBytes<Half>(Array.ConvertAll(reals, x => (Half)x)).ToArray(),
            OnnxDataType.BFloat16 => MemoryMarshal.AsBytes<ushort>(Array.ConvertAll(reals, SmallFloats.BFloat16)).ToArray(),
            _ => throw new OnnxException($"tensor '{like.Name}' is stored as {like.DataType}: weights can be replaced in f32, f64, f16 and bf16"),
        };
        return like with { Payload = OnnxPayload.Raw, Bytes = bytes, External = null };
    }

    private static long Integer(OnnxDataType type, long pattern) => type switch
    {
        OnnxDataType.UInt8 => (byte)pattern,
        OnnxDataType.Int8 => (sbyte)pattern,
        OnnxDataType.UInt16 => (ushort)pattern,
        OnnxDataType.Int16 => (short)pattern,
        OnnxDataType.Int32 => (int)pattern,
        OnnxDataType.UInt32 => (uint)pattern,
        OnnxDataType.UInt4 => pattern & 15,
        OnnxDataType.Int4 => ((pattern & 15) ^ 8) - 8,
        OnnxDataType.UInt2 => pattern & 3,
        OnnxDataType.Int2 => ((pattern & 3) ^ 2) - 2,
        _ => pattern,
    };

    // The bits of each element, from whichever field they stand in.
    private static long[] Patterns(OnnxTensor tensor)
    {
        int bits = tensor.DataType.Bits();
        if (bits == 0 || tensor.DataType is OnnxDataType.Complex64 or OnnxDataType.Complex128)
        {
            throw new OnnxException($"tensor '{tensor.Name}' holds {tensor.DataType}, which is not supported: real numbers, integers and truth values are");
        }

        long count = tensor.Shape.Count64;
        var bytes = tensor.Bytes.Span;
        if (tensor.Payload is OnnxPayload.Raw)
        {
            return Raw(Exactly(tensor, (UInt128)bytes.Length == (((UInt128)count * (uint)bits) + 7) / 8, bytes), (int)count, bits);
        }

        if (tensor.Payload is OnnxPayload.Doubles or OnnxPayload.Floats)
        {
            throw new OnnxException($"tensor '{tensor.Name}' is said to hold {tensor.DataType} and has {tensor.Payload.ToString().ToLowerInvariant()}: the file is damaged");
        }

        // In 32-bit fields, elements of less than a byte stand packed, a byte a number.
        int inOne = bits < 8 ? 8 / bits : 1;
        long numbers = (count + inOne - 1) / inOne;
        Exactly(tensor, bytes.Length >= numbers && (bytes.Length > 0 || count == 0), bytes);
        var values = new long[count];
        int at = 0;
        for (long n = 0; n < numbers; n++)
        {
            long value = (long)WireReader.Varint(bytes, ref at);
            for (int k = 0; k < inOne && (n * inOne) + k < count; k++)
            {
                values[(n * inOne) + k] = inOne == 1 ? value : (value >> (k * bits)) & ((1 << bits) - 1);
            }
        }

        Exactly(tensor, at == bytes.Length, bytes);
        return values;
    }

    private static long[] Raw(ReadOnlySpan<byte> bytes, int count, int bits)
    {
        var values = new long[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = bits switch
            {
                8 => bytes[i],
                16 => BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]),
                32 => BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 * i)..]),
                64 => BinaryPrimitives.ReadInt64LittleEndian(bytes[(8 * i)..]),
                _ => (bytes[i * bits / 8] >> (i * bits % 8)) & ((1 << bits) - 1),
            };
        }

        return values;
    }

    private static ReadOnlySpan<byte> Fixed(OnnxTensor tensor, int size) =>
        Exactly(tensor, (UInt128)tensor.Bytes.Length == (UInt128)tensor.Shape.Count64 * (uint)size, tensor.Bytes.Span);

    private static ReadOnlySpan<byte> Exactly(OnnxTensor tensor, bool fits, ReadOnlySpan<byte> bytes) => fits
        ? bytes
        : !tensor.IsPresent ? throw new OnnxException($"tensor '{tensor.Name}' is in '{tensor.External!.Location}', which is not beside the model: put it there")
        : throw new OnnxException(string.Create(CultureInfo.InvariantCulture, $"tensor '{tensor.Name}' is {tensor.Shape} of {tensor.DataType}, which its {bytes.Length} bytes do not fill exactly: the file is damaged"));
}
