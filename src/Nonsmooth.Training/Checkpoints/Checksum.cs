using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nonsmooth.Training.Checkpoints;

/// <summary>CRC-32C (Castagnoli): finds every burst of up to 32 wrong bits; processors compute it at several GB/s.</summary>
internal static class Checksum
{
    /// <summary>What to start from.</summary>
    public const uint Start = uint.MaxValue;

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

    /// <summary>The checksum of all bytes appended.</summary>
    public static uint Finish(uint state) => ~state;
}
