using System.Numerics;
using System.Runtime.InteropServices;
using Nonsmooth.Arithmetic;
using Nonsmooth.Tensors;

namespace Nonsmooth.Compiled;

/// <summary>What a run of a compiled program works in: one memory of reals and masks, and tensors of indices.</summary>
/// <typeparam name="T">The reals.</typeparam>
internal sealed unsafe class Frame<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _memory;

    /// <summary>Makes a workspace.</summary>
    /// <param name="length">How many numbers.</param>
    /// <param name="indices">The shapes of the tensors of indices.</param>
    /// <param name="bound">How many kernels keep something of their own here.</param>
    public Frame(int length, IReadOnlyList<Shape> indices, int bound)
    {
        // Room to begin at a multiple of 64 bytes; pinned, so that steps address it without a base that moves.
        _memory = GC.AllocateArray<T>(length + (64 / sizeof(T)), pinned: true);
        nint start = Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0);
        Memory = (T*)((start + 63) & ~63);
        Indices = [.. indices.Select(s => new Tensor<long>(s))];
        Bound = new Action?[bound];
    }

    public T* Memory { get; }

    /// <summary>The tensors of indices.</summary>
    public Tensor<long>[] Indices { get; }

    /// <summary>What kernels made of this workspace when they first ran.</summary>
    public Action?[] Bound { get; }

    public Span<T> At(int address, int length) => new(Memory + address, length);

    /// <summary>Writes reals of any arithmetic where they lie.</summary>
    public void Write<TNumber>(Place place, Tensor<TNumber> reals)
        where TNumber : struct, INumeric<TNumber>
    {
        var to = At(place.Address, place.Elements);
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = T.CreateTruncating(TNumber.ToDouble(reals[i]));
        }
    }

    /// <summary>Writes truth values where they lie: all bits or none.</summary>
    public void Write(Place place, Tensor<bool> mask)
    {
        var to = At(place.Address, place.Elements);
        for (int i = 0; i < to.Length; i++)
        {
            to[i] = mask[i] ? T.AllBitsSet : T.Zero;
        }
    }
}
