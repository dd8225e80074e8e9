using System.Runtime.InteropServices;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Tensors;

/// <summary>A libtorch tensor that this object owns: dispose it, native memory is not the garbage collector's.</summary>
/// <remarks>
/// A forgotten one is released by its finalizer, late: the collector does not see how large it is. Values are shared by
/// every view of the same memory. Not thread-safe while it is written.
/// </remarks>
public sealed class TorchTensor : IDisposable
{
    private nint _handle;

    internal TorchTensor(TensorHandle handle) => _handle = handle.Value;

    /// <summary>Releases the memory of a tensor that was not disposed.</summary>
    ~TorchTensor() => Release();

    /// <summary>The sizes of the axes, outermost first; empty for a scalar.</summary>
    public ReadOnlySpan<long> Sizes => Handle.Sizes;

    /// <summary>The step of each axis, in elements.</summary>
    public ReadOnlySpan<long> Strides => Handle.Strides;

    /// <summary>The number of axes.</summary>
    public int Rank => Handle.Rank;

    /// <summary>The number of elements: the product of the sizes.</summary>
    public long ElementCount => Handle.ElementCount;

    /// <summary>The element type.</summary>
    public TorchDtype Dtype => Handle.Dtype;

    /// <summary>Where the memory is.</summary>
    public Device Device => Handle.Device;

    /// <summary>Whether the elements lie row-major without gaps.</summary>
    public bool IsContiguous => Handle.IsContiguous;

    /// <summary>The address of the first element; on a GPU only kernels may read it. Valid while this object lives.</summary>
    public unsafe nint DataPointer => (nint)Handle.Data;

    internal TensorHandle Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(_handle == 0, this);
            return new TensorHandle(_handle);
        }
    }

    /// <summary>Memory with arbitrary contents, row-major.</summary>
    public static TorchTensor Empty(ReadOnlySpan<long> sizes, TorchDtype dtype = TorchDtype.Float32, Device device = default)
    {
        TensorFactory.Count(sizes);
        return new TorchTensor(TensorFactory.Empty(sizes, dtype, device));
    }

    /// <summary>Memory with arbitrary contents in a layout of your own; strides in elements.</summary>
    /// <exception cref="NonsmoothException">Sizes and strides differ in number, or one is negative.</exception>
    public static TorchTensor EmptyStrided(ReadOnlySpan<long> sizes, ReadOnlySpan<long> strides, TorchDtype dtype = TorchDtype.Float32, Device device = default)
    {
        CheckLayout(sizes, strides);
        return new TorchTensor(TensorFactory.EmptyStrided(sizes, strides, dtype, device));
    }

    /// <summary>All zeros.</summary>
    public static TorchTensor Zeros(ReadOnlySpan<long> sizes, TorchDtype dtype = TorchDtype.Float32, Device device = default)
    {
        TensorFactory.Count(sizes);
        return new TorchTensor(TensorFactory.Zeros(sizes, dtype, device));
    }

    /// <summary>One value in every element, rounded to the element type.</summary>
    public static TorchTensor Full(ReadOnlySpan<long> sizes, double value, TorchDtype dtype = TorchDtype.Float32, Device device = default)
    {
        TensorFactory.Count(sizes);
        return new TorchTensor(TensorFactory.Full(sizes, value, dtype, device));
    }

    /// <summary>A copy of row-major values; the element type follows from <typeparamref name="T"/>.</summary>
    /// <exception cref="NonsmoothException">The number of values is not the product of the sizes.</exception>
    public static TorchTensor FromSpan<T>(ReadOnlySpan<T> values, ReadOnlySpan<long> sizes, Device device = default)
        where T : unmanaged => FromSpan(values, sizes, TorchDtypes.Of<T>(), device);

    /// <summary>A copy of row-major values whose memory is that of the named element type, such as 16-bit patterns.</summary>
    /// <exception cref="NonsmoothException">The number of values or the bytes of one do not fit.</exception>
    public static TorchTensor FromSpan<T>(ReadOnlySpan<T> values, ReadOnlySpan<long> sizes, TorchDtype dtype, Device device = default)
        where T : unmanaged => new(TensorFactory.FromBytes(TensorFactory.Bytes(values, sizes, dtype), sizes, dtype, device));

    /// <summary>A copy of the row-major elements of a tensor of the core, as executors take them.</summary>
    /// <param name="elements"><c>double[]</c>, <c>float[]</c>, <c>long[]</c> or <c>bool[]</c>.</param>
    /// <param name="shape">Its shape.</param>
    /// <exception cref="NonsmoothException">The number of elements is not the shape's, or they are of another type.</exception>
    public static TorchTensor FromArray(Array elements, Shape shape)
    {
        long[] sizes = [.. shape.Select(s => (long)s)];
        return elements switch
        {
            double[] doubles => FromSpan<double>(doubles, sizes),
            float[] singles => FromSpan<float>(singles, sizes),
            long[] longs => FromSpan<long>(longs, sizes),
            bool[] bools => FromSpan<bool>(bools, sizes, TorchDtype.Bool),
            _ => throw new NonsmoothException($"a tensor is made of doubles, floats, longs or bools, not of {elements.GetType().Name}"),
        };
    }

    /// <summary>A tensor over memory of yours, nothing copied: keep it in place and alive as long as any view of it.</summary>
    public static unsafe TorchTensor FromMemory(nint data, ReadOnlySpan<long> sizes, ReadOnlySpan<long> strides, TorchDtype dtype = TorchDtype.Float32, Device device = default)
    {
        CheckLayout(sizes, strides);
        return new TorchTensor(TensorFactory.FromMemory((void*)data, sizes, strides, dtype, device));
    }

    /// <summary>Copies the elements out in row-major order, from any layout and device.</summary>
    /// <exception cref="NonsmoothException">The number of elements or the bytes of one do not fit.</exception>
    public void CopyTo<T>(Span<T> values)
        where T : unmanaged
    {
        TensorFactory.Bytes((ReadOnlySpan<T>)values, Sizes, Dtype);
        TensorFactory.CopyTo(Handle, MemoryMarshal.AsBytes(values));
        GC.KeepAlive(this);
    }

    /// <summary>The elements in row-major order.</summary>
    public T[] ToArray<T>()
        where T : unmanaged
    {
        var values = new T[ElementCount];
        CopyTo<T>(values);
        return values;
    }

    /// <summary>The value of a tensor of one element.</summary>
    public double Item()
    {
        var value = Handle.Item();
        GC.KeepAlive(this);
        return value;
    }

    /// <summary>Overwrites the values with those of another tensor, converting and broadcasting.</summary>
    public void CopyFrom(TorchTensor source)
    {
        TensorFactory.Copy(Handle, source.Handle);
        GC.KeepAlive(source);
        GC.KeepAlive(this);
    }

    /// <summary>This tensor's values in the given order of memory: the same memory where it has that order already.</summary>
    public TorchTensor Contiguous(MemoryFormat format = MemoryFormat.Contiguous)
    {
        var result = new TorchTensor(TensorFactory.Contiguous(Handle, format));
        GC.KeepAlive(this);
        return result;
    }

    /// <summary>A copy with another element type, rounding to nearest even.</summary>
    public TorchTensor To(TorchDtype dtype)
    {
        var result = new TorchTensor(TensorFactory.Convert(Handle, dtype, Device));
        GC.KeepAlive(this);
        return result;
    }

    /// <summary>A copy on another device.</summary>
    public TorchTensor To(Device device)
    {
        var result = new TorchTensor(TensorFactory.Convert(Handle, Dtype, device));
        GC.KeepAlive(this);
        return result;
    }

    /// <summary>The memory itself, of a contiguous tensor on the processor.</summary>
    /// <exception cref="NonsmoothException">The tensor is elsewhere, has gaps, or has elements of another size.</exception>
    public unsafe Span<T> AsSpan<T>()
        where T : unmanaged
    {
        if (Device.Kind != DeviceKind.Cpu || !IsContiguous || sizeof(T) != Dtype.ElementSize() || ElementCount > int.MaxValue)
        {
            throw new NonsmoothException($"The memory of {this} is no span of {typeof(T).Name}: use a contiguous tensor on the cpu with elements of {sizeof(T)} bytes, or CopyTo.");
        }

        return new Span<T>(Handle.Data, (int)ElementCount);
    }

    /// <summary>Releases the tensor; its memory goes with the last view of it.</summary>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    /// <summary>The element type, sizes and device: <c>Float32[2, 3] on cpu</c>.</summary>
    public override string ToString() =>
        _handle == 0 ? "a disposed tensor" : $"{Dtype}[{string.Join(", ", Sizes.ToArray())}] on {Device}";

    private static void CheckLayout(ReadOnlySpan<long> sizes, ReadOnlySpan<long> strides)
    {
        TensorFactory.Count(sizes);
        if (sizes.Length != strides.Length)
        {
            throw new NonsmoothException($"A tensor of {sizes.Length} axes was given {strides.Length} strides: pass one stride per axis.");
        }
    }

    private void Release() => new TensorHandle(Interlocked.Exchange(ref _handle, 0)).Delete();
}
