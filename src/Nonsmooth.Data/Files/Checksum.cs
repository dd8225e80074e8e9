using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nonsmooth.Data.Files;

/// <summary>CRC-32C (Castagnoli): finds every burst of up to 32 wrong bits; processors compute it at several GB/s.</summary>
internal static class Checksum
{
    /// <summary>What to start from.</summary>
    public const uint Start = uint.MaxValue;

    private const int Part = 1 << 20;

    /// <summary>Goes on with more bytes; <see cref="Finish"/> gives the checksum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static uint Append(uint state, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= 8)
        {
            state = BitOperations.Crc32C(state, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }

        foreach (var value in bytes)
        {
            state = BitOperations.Crc32C(state, value);
        }

        return state;
    }

    /// <summary>Goes on with the bytes of numbers, which may be more than a span of bytes can hold.</summary>
    public static uint Append(uint state, ReadOnlySpan<ushort> numbers)
    {
        for (; numbers.Length > Part; numbers = numbers[Part..])
        {
            state = Append(state, MemoryMarshal.AsBytes(numbers[..Part]));
        }

        return Append(state, MemoryMarshal.AsBytes(numbers));
    }

    /// <summary>The checksum of all bytes appended.</summary>
    public static uint Finish(uint state) => ~state;
}
