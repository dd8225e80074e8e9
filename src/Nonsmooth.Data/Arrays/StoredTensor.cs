using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Nonsmooth.Data.Arrays;

/// <summary>A tensor as a file holds it: a type, a shape and the bytes of its elements, last dimension fastest.</summary>
public sealed class StoredTensor
{
    /// <summary>Wraps bytes without copying them.</summary>
    /// <exception cref="ArgumentException">The shape has a negative size or asks for another number of bytes.</exception>
    public StoredTensor(StoredType type, ReadOnlySpan<long> shape, ReadOnlyMemory<byte> bytes)
    {
        if (ByteCount(type, shape) != bytes.Length)
        {
            throw new ArgumentException($"A tensor of {type.Name()} [{string.Join(", ", shape.ToArray())}] does not have {bytes.Length} bytes.", nameof(bytes));
        }

        (Type, Shape, Bytes) = (type, [.. shape], bytes);
    }

    /// <summary>How the elements are encoded.</summary>
    public StoredType Type { get; }

    /// <summary>The sizes, outermost first; empty for a scalar.</summary>
    public ImmutableArray<long> Shape { get; }

    /// <summary>The elements, little-endian.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Whether the elements are floating-point numbers.</summary>
    public bool IsReal => Type.IsReal();

    /// <summary>How many elements it has.</summary>
    public int Count => Bytes.Length / Type.Size();

    /// <summary>Copies numbers of a type whose encoding is theirs: float, double, Half, BFloat16, an integer or bool.</summary>
    /// <exception cref="ArgumentException">There is no stored type for <typeparamref name="T"/>, or the shape has another size.</exception>
    public static StoredTensor Of<T>(ReadOnlySpan<T> values, params ReadOnlySpan<long> shape)
        where T : unmanaged =>
        new(TypeOf<T>(), shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>Rounds numbers to a floating-point type.</summary>
    /// <exception cref="ArgumentException">The shape has another size.</exception>
    /// <exception cref="NonsmoothException">The type is of integers, or has 8 bits.</exception>
    public static StoredTensor Rounded(StoredType type, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape)
    {
        int size = type.Size();
        var bytes = new byte[checked(values.Length * size)];
        for (int i = 0; i < values.Length; i++)
        {
            type.Write(bytes.AsSpan(i * size, size), values[i]);
        }

        return new StoredTensor(type, shape, bytes);
    }

    /// <summary>The elements, as the type that encodes them.</summary>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is not the type of this tensor.</exception>
    public ReadOnlySpan<T> Values<T>()
        where T : unmanaged =>
        TypeOf<T>() == Type
            ? MemoryMarshal.Cast<byte, T>(Bytes.Span)
            : throw new ArgumentException($"The tensor holds {Type.Name()}, not {TypeOf<T>().Name()}.", nameof(T));

    /// <summary>The elements of any floating-point tensor, converted to single precision.</summary>
    /// <exception cref="ArgumentException">The tensor holds integers or truth values.</exception>
    public float[] ToSingles() => Type == StoredType.F32 ? Values<float>().ToArray()
        : Type == StoredType.BF16 ? Array.ConvertAll(MemoryMarshal.Cast<byte, ushort>(Bytes.Span).ToArray(), static bits => BitConverter.UInt32BitsToSingle((uint)bits << 16))
        : Type == StoredType.F16 ? Array.ConvertAll(Values<Half>().ToArray(), static value => (float)value)
        : IsReal ? Array.ConvertAll(ToDoubles(), static value => (float)value)
        : throw new ArgumentException($"A tensor of {Type.Name()} does not hold floating-point numbers.");

    /// <summary>The elements of any tensor as double-precision numbers; integers beyond 53 bits are rounded.</summary>
    public double[] ToDoubles() => Type == StoredType.F64 ? Values<double>().ToArray() : IsReal ? Converted(static (type, element) => type.Real(element)) : Converted(static (type, element) => (double)type.Whole(element));

    /// <summary>The elements of a tensor of integers or truth values.</summary>
    /// <exception cref="ArgumentException">The tensor holds floating-point numbers.</exception>
    /// <exception cref="NonsmoothException">One is beyond 63 bits.</exception>
    public long[] ToLongs() => Type == StoredType.I64 ? Values<long>().ToArray()
        : !IsReal ? Converted(static (type, element) => type.Whole(element))
        : throw new ArgumentException($"A tensor of {Type.Name()} holds floating-point numbers, not integers.");

    /// <summary>Bytes a tensor has; −1 where a size is negative or the number exceeds 63 bits.</summary>
    internal static long ByteCount(StoredType type, ReadOnlySpan<long> shape)
    {
        var count = (UInt128)type.Size();
        foreach (var size in shape)
        {
            if (size < 0)
            {
                return -1;
            }

            count = count > long.MaxValue && size > 0 ? (UInt128)long.MaxValue + 1 : count * (ulong)size;
        }

        return count > long.MaxValue ? -1 : (long)count;
    }

    private T[] Converted<T>(Reader<T> read)
    {
        int size = Type.Size();
        var values = new T[Count];
        var bytes = Bytes.Span;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = read(Type, bytes.Slice(i * size, size));
        }

        return values;
    }

    private delegate T Reader<T>(StoredType type, ReadOnlySpan<byte> element);

    private static StoredType TypeOf<T>() => default(T) switch
    {
        double => StoredType.F64,
        float => StoredType.F32,
        Half => StoredType.F16,
        long => StoredType.I64,
        int => StoredType.I32,
        byte => StoredType.U8,
        short => StoredType.I16,
        sbyte => StoredType.I8,
        ushort => StoredType.U16,
        uint => StoredType.U32,
        ulong => StoredType.U64,
        bool => StoredType.Bool,
        _ when typeof(T).Name == "BFloat16" && System.Runtime.CompilerServices.Unsafe.SizeOf<T>() == 2 => StoredType.BF16,
        _ => throw new ArgumentException($"No stored type encodes {typeof(T).Name}; choose float, double, Half, BFloat16, an integer or bool."),
    };
}
