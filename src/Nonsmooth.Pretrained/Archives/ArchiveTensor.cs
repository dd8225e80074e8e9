using System.Buffers.Binary;
using Nonsmooth.Tensors;

namespace Nonsmooth.Pretrained.Archives;

/// <summary>A tensor whose numbers lie in a member of an archive, which is read when it is asked for.</summary>
public sealed class ArchiveTensor
{
    private readonly Func<byte[]>? _read;
    private readonly long[] _strides;
    private readonly long _offset;

    internal ArchiveTensor(string name, string member, ArchiveType type, long[] sizes, long[] strides, long offset, bool requiresGradient, Func<byte[]>? read) =>
        (Name, Member, Type, Sizes, RequiresGradient, _strides, _offset, _read) = (name, member, type, sizes, requiresGradient, strides, offset, read);

    /// <summary>Its name in PyTorch.</summary>
    public string Name { get; }

    /// <summary>The member that holds its storage: two tensors with one member are one.</summary>
    public string Member { get; }

    /// <summary>What its elements are.</summary>
    public ArchiveType Type { get; }

    /// <summary>Its sizes.</summary>
    public IReadOnlyList<long> Sizes { get; }

    /// <summary>Whether PyTorch differentiates in it.</summary>
    public bool RequiresGradient { get; }

    /// <summary>Whether its numbers are in the archive.</summary>
    public bool IsPresent => _read is not null;

    /// <summary>Whether its elements are all of its storage, row-major.</summary>
    public bool IsDense
    {
        get
        {
            long step = 1;
            for (int axis = Sizes.Count - 1; axis >= 0; axis--)
            {
                if (Sizes[axis] != 1 && _strides[axis] != step)
                {
                    return false;
                }

                step *= Sizes[axis];
            }

            return _offset == 0;
        }
    }

    /// <summary>Whether another tensor is this one under another name.</summary>
    public bool IsSame(ArchiveTensor other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Member == other.Member && Type == other.Type && _offset == other._offset && Sizes.SequenceEqual(other.Sizes) && _strides.AsSpan().SequenceEqual(other._strides);
    }

    /// <summary>The shape.</summary>
    /// <exception cref="NonsmoothException">It is larger than programs have.</exception>
    public Shape Shape => new([.. Sizes.Select(s => checked((int)s))]);

    /// <summary>The numbers: <see cref="Tensor{T}"/> of float (of double where they are stored so), of long, or of bool.</summary>
    /// <exception cref="ArchiveException">They are not in the archive, fewer than the shape takes, or of a type that programs do not have.</exception>
    public Tensor Read()
    {
        var kind = Type.Kind();
        byte[] bytes = _read is null ? throw new ArchiveException($"'{Name}' is not in the archive, which has the graph only: give an archive with weights") : _read();
        int size = Type.Size();
        int[] places = Places(bytes.Length / size);
        return (kind, Type) switch
        {
            (ElementKind.Real, ArchiveType.Double) => Tensor.Of(Shape, Array.ConvertAll(places, i => BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(i * 8)))),
            (ElementKind.Real, _) => Tensor.Of(Shape, Array.ConvertAll(places, i => Real(bytes.AsSpan(i * size)))),
            (ElementKind.Boolean, _) => Tensor.Of(Shape, Array.ConvertAll(places, i => bytes[i] != 0)),
            _ => Tensor.Of(Shape, Array.ConvertAll(places, i => Whole(bytes.AsSpan(i * size)))),
        };
    }

    // Where each element lies: views have strides of their own.
    private int[] Places(int stored)
    {
        Int128 count = 1, last = _offset;
        for (int axis = 0; axis < Sizes.Count; axis++)
        {
            count *= Sizes[axis];
            last += (Int128)(Sizes[axis] - 1) * _strides[axis];
        }

        if (count > 0 && (count > Math.Max(stored, ArchiveLimits.MostSpread) || last >= stored))
        {
            throw new ArchiveException($"'{Name}' takes element {last} of '{Member}', which has {stored}: the file is damaged");
        }

        int[] places = new int[(int)count];
        if (count == 0)
        {
            return places;
        }

        long[] index = new long[Sizes.Count];
        long at = _offset;
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = (int)at;
            for (int axis = Sizes.Count - 1; axis >= 0; axis--)
            {
                at += _strides[axis];
                if (++index[axis] < Sizes[axis])
                {
                    break;
                }

                at -= index[axis] * _strides[axis];
                index[axis] = 0;
            }
        }

        return places;
    }

    private float Real(ReadOnlySpan<byte> bytes) => Type switch
    {
        ArchiveType.Float => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        ArchiveType.Half => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        ArchiveType.BFloat16 => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16),
        ArchiveType.Float8E5M2 => (float)BitConverter.UInt16BitsToHalf((ushort)(bytes[0] << 8)),
        _ => E4M3(bytes[0]),
    };

    private static float E4M3(byte code)
    {
        int exponent = (code >> 3) & 15, fraction = code & 7;
        double size = (code & 127) == 127 ? double.NaN : exponent == 0 ? Math.ScaleB(fraction, -9) : Math.ScaleB(8 + fraction, exponent - 10);
        return (float)(code > 127 ? -size : size);
    }

    private long Whole(ReadOnlySpan<byte> bytes) => Type switch
    {
        ArchiveType.Byte => bytes[0],
        ArchiveType.Char => (sbyte)bytes[0],
        ArchiveType.Short => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        ArchiveType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        ArchiveType.Int => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        ArchiveType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        ArchiveType.UInt64 => BinaryPrimitives.ReadUInt64LittleEndian(bytes) is <= long.MaxValue and var l ? (long)l : throw new ArchiveException($"'{Name}' has a number beyond 63 bits"),
        _ => BinaryPrimitives.ReadInt64LittleEndian(bytes),
    };
}
