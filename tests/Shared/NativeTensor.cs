using System.Runtime.InteropServices;
using Nonsmooth.Optimizers;

namespace Nonsmooth.Tests.Shared;

/// <summary>float32 memory as a framework would hold it, at a chosen misalignment.</summary>
internal sealed unsafe class NativeTensor : IDisposable
{
    private readonly void* _memory;

    public NativeTensor(ReadOnlySpan<float> values, int misalignment = 0)
    {
        Length = values.Length;
        _memory = NativeMemory.AlignedAlloc((nuint)((values.Length + misalignment + 1) * sizeof(float)), 64);
        Address = (nint)((float*)_memory + misalignment);
        values.CopyTo(Span);
    }

    public int Length { get; }

    public nint Address { get; }

    public Span<float> Span => new((float*)Address, Length);

    public ParameterSlot Slot(string name, bool decay = true) => new(name, Address, Length, decay);

    public void Dispose() => NativeMemory.AlignedFree(_memory);

    /// <summary>Ordinary, tiny, huge and zero numbers, of both signs.</summary>
    public static float[] Numbers(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.Next(10) switch
        {
            0 => 0f,
            1 => (float)((random.NextDouble() - 0.5) * 1e-12),
            2 => (float)((random.NextDouble() - 0.5) * 1e8),
            _ => (float)(random.NextDouble() - 0.5),
        })];
    }
}
