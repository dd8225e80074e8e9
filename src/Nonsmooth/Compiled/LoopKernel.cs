using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nonsmooth.Compiled;

/// <summary>Nodes that do the same to each element of tensors of one size: one loop over them, in vectors, a number at a time at its end.</summary>
internal sealed class LoopKernel<T> : Kernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Action<nint, nint>? _vectors;
    private readonly Action<nint, nint>? _numbers;
    private readonly nint _whole;
    private readonly nint _end;

    /// <summary>Makes the loop.</summary>
    /// <param name="name">The first node's name.</param>
    /// <param name="body">The steps for the first element; the others' lie behind it.</param>
    /// <param name="length">How many numbers the memory holds.</param>
    /// <param name="count">How many elements.</param>
    public LoopKernel(string name, Tape body, int length, int count)
    {
        Name = name;
        int size = Unsafe.SizeOf<T>();
        int width = (Vector512.IsHardwareAccelerated ? 64 : Vector256.IsHardwareAccelerated ? 32 : 16) / size;
        int whole = count / width * width;
        (_whole, _end) = (whole * size, count * size);
        var schedule = Schedule.Of(body, length, int.MaxValue);
        int[] reads = new int[body.Count];
        _vectors = whole == 0 ? null : ChunkWriter.Loop(body, schedule, new LaneCode(typeof(T), width, spread: false), reads);
        _numbers = whole == count ? null : ChunkWriter.Loop(body, schedule, new LaneCode(typeof(T), 1), reads);
    }

    public override string Name { get; }

    public override unsafe void Run(Frame<T> frame)
    {
        nint memory = (nint)frame.Memory;
        _vectors?.Invoke(memory, memory + _whole);
        _numbers?.Invoke(memory + _whole, memory + _end);
    }
}
