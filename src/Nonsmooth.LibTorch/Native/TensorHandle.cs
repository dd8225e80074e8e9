using System.Runtime.CompilerServices;

namespace Nonsmooth.LibTorch.Native;

/// <summary>An unowned pointer to a libtorch tensor: the executor's currency, with no garbage-collected object.</summary>
/// <remarks>
/// Whoever creates one releases it once with <see cref="Delete"/>; forgetting leaks, releasing twice ends the process.
/// Outside the executor use <see cref="Tensors.TorchTensor"/>.
/// </remarks>
internal readonly unsafe struct TensorHandle(nint value) : IEquatable<TensorHandle>
{
    public nint Value { get; } = value;

    public bool IsNull => Value == 0;

    /// <summary>Whether the tensor has contents: a gradient that was not asked for comes back undefined.</summary>
    public bool IsDefined
    {
        get
        {
            byte defined;
            Abi.Check(Abi.IsDefined(Value, &defined), "aoti_torch_is_defined");
            return defined != 0;
        }
    }

    public int Rank
    {
        get
        {
            long rank;
            Abi.Check(Abi.Dim(Value, &rank), "aoti_torch_get_dim");
            return (int)rank;
        }
    }

    public long ElementCount
    {
        get
        {
            long count;
            Abi.Check(Abi.Numel(Value, &count), "aoti_torch_get_numel");
            return count;
        }
    }

    /// <summary>The sizes; valid while the handle lives.</summary>
    public ReadOnlySpan<long> Sizes
    {
        get
        {
            long* sizes;
            Abi.Check(Abi.Sizes(Value, &sizes), "aoti_torch_get_sizes");
            return new ReadOnlySpan<long>(sizes, Rank);
        }
    }

    /// <summary>The strides in elements; valid while the handle lives.</summary>
    public ReadOnlySpan<long> Strides
    {
        get
        {
            long* strides;
            Abi.Check(Abi.Strides(Value, &strides), "aoti_torch_get_strides");
            return new ReadOnlySpan<long>(strides, Rank);
        }
    }

    public TorchDtype Dtype
    {
        get
        {
            int code;
            Abi.Check(Abi.DtypeCode(Value, &code), "aoti_torch_get_dtype");
            return AbiCodes.Dtype(code);
        }
    }

    public Device Device
    {
        get
        {
            int type, index;
            Abi.Check(Abi.DeviceType(Value, &type), "aoti_torch_get_device_type");
            Abi.Check(Abi.DeviceIndex(Value, &index), "aoti_torch_get_device_index");
            var kind = AbiCodes.Device(type);
            return kind == DeviceKind.Cpu ? Device.Cpu : Device.Cuda(index);
        }
    }

    public bool IsContiguous
    {
        get
        {
            byte contiguous;
            Abi.Check(Abi.IsContiguous(Value, &contiguous), "aoti_torch_is_contiguous");
            return contiguous != 0;
        }
    }

    /// <summary>Whether the elements fill their memory without gaps or overlaps, in any order of the axes.</summary>
    public bool IsDense => IsContiguous || FillsMemory();

    public void* Data
    {
        get
        {
            void* data;
            Abi.Check(Abi.DataPointer(Value, &data), "aoti_torch_get_data_ptr");
            return data;
        }
    }

    /// <summary>The memory that the tensor lies in: where it begins, and its bytes.</summary>
    public (nint Start, long Bytes) Storage
    {
        get
        {
            long bytes;
            Abi.Check(Abi.StorageBytes(Value, &bytes), "aoti_torch_get_storage_size");
            return ((nint)Data - (nint)(TensorFactory.Offset(this) * Dtype.ElementSize()), bytes);
        }
    }

    /// <summary>A second handle on the same tensor, released on its own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TensorHandle Share()
    {
        ThreadState.Enter();
        nint copy;
        Abi.Check(Abi.NewHandle(Value, &copy), "aoti_torch_new_tensor_handle");
        return new TensorHandle(copy);
    }

    /// <summary>Releases the handle; the memory goes with the last one.</summary>
    public void Delete()
    {
        if (Value != 0)
        {
            Abi.Check(Abi.Delete(Value), "aoti_torch_delete_tensor_object");
        }
    }

    /// <summary>The value of a tensor of one element, as a double.</summary>
    public double Item()
    {
        double value;
        if (Dtype == TorchDtype.Float64)
        {
            Abi.Check(Abi.ItemFloat64(Value, &value), "aoti_torch_item_float64");
            return value;
        }

        var wide = TensorFactory.Convert(this, TorchDtype.Float64, Device);
        try
        {
            Abi.Check(Abi.ItemFloat64(wide.Value, &value), "aoti_torch_item_float64");
            return value;
        }
        finally
        {
            wide.Delete();
        }
    }

    // Without sorting, which would allocate: the axis that varies next is the one whose stride is the memory filled so far.
    private bool FillsMemory()
    {
        var sizes = Sizes;
        var strides = Strides;
        var (step, count) = (1L, ElementCount);
        Span<bool> done = stackalloc bool[sizes.Length];
        while (step < count)
        {
            var next = -1;
            for (var axis = 0; axis < sizes.Length && next < 0; axis++)
            {
                next = !done[axis] && sizes[axis] != 1 && strides[axis] == step ? axis : -1;
            }

            if (next < 0)
            {
                return false;
            }

            done[next] = true;
            step *= sizes[next];
        }

        return true;
    }

    public bool Equals(TensorHandle other) => Value == other.Value;

    public override bool Equals(object? obj) => obj is TensorHandle other && Equals(other);

    public override int GetHashCode() => Value.GetHashCode();
}
