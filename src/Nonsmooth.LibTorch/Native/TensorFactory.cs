using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nonsmooth.LibTorch.Native;

/// <summary>Makes, copies and converts tensors on handles.</summary>
internal static unsafe class TensorFactory
{
    private static readonly OperatorName ToCopy = new("_to_copy");
    private static readonly OperatorName ContiguousIn = new("contiguous");

    /// <summary>Fresh memory with whatever it holds, row-major.</summary>
    public static TensorHandle Empty(ReadOnlySpan<long> sizes, TorchDtype dtype, Device device)
    {
        Span<long> strides = stackalloc long[sizes.Length];
        RowMajor(sizes, strides);
        return EmptyStrided(sizes, strides, dtype, device);
    }

    /// <summary>Fresh memory with whatever it holds, in any layout; strides in elements.</summary>
    public static TensorHandle EmptyStrided(ReadOnlySpan<long> sizes, ReadOnlySpan<long> strides, TorchDtype dtype, Device device)
    {
        ThreadState.Enter();
        nint result;
        fixed (long* s = sizes, t = strides)
        {
            Abi.Check(
                Abi.EmptyStrided(sizes.Length, s, t, AbiCodes.Of(dtype), AbiCodes.Of(device.Kind), device.Index, &result),
                "aten::empty_strided");
        }

        return new TensorHandle(result);
    }

    /// <summary>All zeros.</summary>
    public static TensorHandle Zeros(ReadOnlySpan<long> sizes, TorchDtype dtype, Device device)
    {
        var result = Empty(sizes, dtype, device);
        Abi.Check(Abi.Zero(result.Value), "aten::zero_");
        return result;
    }

    /// <summary>One value everywhere.</summary>
    public static TensorHandle Full(ReadOnlySpan<long> sizes, double value, TorchDtype dtype, Device device)
    {
        var result = Empty(sizes, dtype, device);
        DirectOperators.For(device.Kind).Fill(result, value);
        return result;
    }

    /// <summary>A tensor over memory the caller keeps alive for as long as any handle on it; nothing is copied.</summary>
    public static TensorHandle FromMemory(void* data, ReadOnlySpan<long> sizes, ReadOnlySpan<long> strides, TorchDtype dtype, Device device)
    {
        ThreadState.Enter();
        nint result;
        fixed (long* s = sizes, t = strides)
        {
            Abi.Check(
                Abi.FromBlob(data, sizes.Length, s, t, 0, AbiCodes.Of(dtype), AbiCodes.Of(device.Kind), device.Index, &result),
                "aoti_torch_create_tensor_from_blob");
        }

        return new TensorHandle(result);
    }

    /// <summary>A row-major copy of the bytes.</summary>
    public static TensorHandle FromBytes(ReadOnlySpan<byte> bytes, ReadOnlySpan<long> sizes, TorchDtype dtype, Device device)
    {
        var result = Empty(sizes, dtype, device);
        if (device.Kind == DeviceKind.Cpu)
        {
            bytes.CopyTo(new Span<byte>(result.Data, bytes.Length));
            return result;
        }

        Span<long> strides = stackalloc long[sizes.Length];
        RowMajor(sizes, strides);
        fixed (byte* data = bytes)
        {
            var source = FromMemory(data, sizes, strides, dtype, Device.Cpu);
            Copy(result, source);
            source.Delete();
        }

        return result;
    }

    /// <summary>Writes the elements in row-major order, whatever the tensor's layout and device.</summary>
    public static void CopyTo(TensorHandle tensor, Span<byte> bytes)
    {
        if (tensor.Device.Kind == DeviceKind.Cpu && tensor.IsContiguous)
        {
            new ReadOnlySpan<byte>(tensor.Data, bytes.Length).CopyTo(bytes);
            return;
        }

        var sizes = tensor.Sizes;
        Span<long> strides = stackalloc long[sizes.Length];
        RowMajor(sizes, strides);
        fixed (byte* data = bytes)
        {
            var target = FromMemory(data, sizes, strides, tensor.Dtype, Device.Cpu);
            Copy(target, tensor);
            target.Delete();
        }
    }

    /// <summary>Copies values, converting dtype, layout and device, broadcasting source.</summary>
    public static void Copy(TensorHandle target, TensorHandle source)
    {
        ThreadState.Enter();
        Abi.Check(Abi.Copy(target.Value, source.Value, 0), "aten::copy_");
    }

    /// <summary>A copy of the values with the source's strides where they are dense.</summary>
    public static TensorHandle Clone(TensorHandle source)
    {
        ThreadState.Enter();
        nint result;
        Abi.Check(Abi.Clone(source.Value, &result), "aten::clone");
        return new TensorHandle(result);
    }

    /// <summary>A converted copy; the strides of a dense source are kept.</summary>
    public static TensorHandle Convert(TensorHandle source, TorchDtype dtype, Device device)
    {
        if (source.Device != device)
        {
            var target = source.IsDense
                ? EmptyStrided(source.Sizes, source.Strides, dtype, device)
                : Empty(source.Sizes, dtype, device);
            Copy(target, source);
            return target;
        }

        Span<ulong> stack = [Slot.Of(source), Slot.Optional(dtype), Slot.None, Slot.None, Slot.None, Slot.Of(false), Slot.None];
        return Dispatcher.Call1(ToCopy, stack);
    }

    /// <summary>The tensor itself where it has the format already, else a copy that has.</summary>
    public static TensorHandle Contiguous(TensorHandle source, MemoryFormat format = MemoryFormat.Contiguous)
    {
        Span<ulong> stack = [Slot.Of(source), Slot.Of(format)];
        return Dispatcher.Call1(ContiguousIn, stack);
    }

    /// <summary>Another view of the same memory: sizes, strides and offset in elements, from the start of the memory.</summary>
    public static TensorHandle View(TensorHandle source, ReadOnlySpan<long> sizes, ReadOnlySpan<long> strides, long offset)
    {
        ThreadState.Enter();
        nint result;

        // libtorch adds its argument to the offset of the source.
        long increment = offset - Offset(source);
        fixed (long* s = sizes, t = strides)
        {
            Abi.Check(Abi.Reinterpret(source.Value, sizes.Length, s, t, increment, &result), "aoti_torch__reinterpret_tensor");
        }

        return new TensorHandle(result);
    }

    /// <summary>Where the tensor starts in its memory, in elements.</summary>
    public static long Offset(TensorHandle tensor)
    {
        long offset;
        Abi.Check(Abi.StorageOffset(tensor.Value, &offset), "aoti_torch_get_storage_offset");
        return offset;
    }

    /// <summary>Row-major strides in elements.</summary>
    public static void RowMajor(ReadOnlySpan<long> sizes, Span<long> strides)
    {
        var step = 1L;
        for (var axis = sizes.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = step;
            step *= Math.Max(sizes[axis], 1);
        }
    }

    public static long Count(ReadOnlySpan<long> sizes)
    {
        var count = 1L;
        foreach (var size in sizes)
        {
            count = size >= 0 ? checked(count * size) : throw new NonsmoothException($"A tensor's size is {size}: sizes must not be negative.");
        }

        return count;
    }

    public static ReadOnlySpan<byte> Bytes<T>(ReadOnlySpan<T> values, ReadOnlySpan<long> sizes, TorchDtype dtype)
        where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() != dtype.ElementSize())
        {
            throw new NonsmoothException($"{typeof(T).Name} has {Unsafe.SizeOf<T>()} bytes and {dtype} has {dtype.ElementSize()}: pass values of the tensor's own size.");
        }

        var count = Count(sizes);
        return values.Length == count
            ? MemoryMarshal.AsBytes(values)
            : throw new NonsmoothException($"{values.Length} values do not fill a tensor of {count} elements [{string.Join(", ", sizes.ToArray())}].");
    }
}
