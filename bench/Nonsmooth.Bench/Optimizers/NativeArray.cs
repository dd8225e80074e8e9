using System.Runtime.InteropServices;

namespace Nonsmooth.Bench.Optimizers;

/// <summary>64-byte aligned float32 memory outside the garbage collector's sight.</summary>
internal sealed unsafe class NativeArray : IDisposable
{
    public NativeArray(long length, int seed, float scale)
    {
        Length = length;
        Address = (nint)NativeMemory.AlignedAlloc((nuint)(length * sizeof(float)), 64);
        var values = (float*)Address;
        uint state = (uint)seed * 2654435761u | 1;
        for (long i = 0; i < length; i++)
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            values[i] = scale * ((state / 4294967296f) - 0.5f);
        }
    }

    public nint Address { get; }

    public long Length { get; }

    public ReadOnlySpan<byte> Bytes => new((void*)Address, checked((int)(Length * sizeof(float))));

    public void Dispose() => NativeMemory.AlignedFree((void*)Address);
}
