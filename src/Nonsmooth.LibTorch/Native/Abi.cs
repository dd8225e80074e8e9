namespace Nonsmooth.LibTorch.Native;

/// <summary>libtorch's stable C entries that are not operators, resolved once by <see cref="LibTorchLibrary"/>.</summary>
/// <remarks>
/// Entries that only read a field or allocate a few words skip the garbage collector's transition: it costs more than
/// they do. Entries that can run long, free large memory or print do not.
/// </remarks>
internal static unsafe class Abi
{
    /// <summary>The version this binding was written against: libtorch 2.10.</summary>
    public const ulong Version = 0x020a_0000_0000_0000;

    public static delegate* unmanaged[Cdecl]<byte*, byte*, ulong*, ulong, int> CallDispatcher;
    public static delegate* unmanaged[Cdecl]<long, long*, long*, int, int, int, nint*, int> EmptyStrided;
    public static delegate* unmanaged[Cdecl]<void*, long, long*, long*, long, int, int, int, nint*, int> FromBlob;
    public static delegate* unmanaged[Cdecl]<nint, long, long*, long*, long, nint*, int> Reinterpret;
    public static delegate* unmanaged[Cdecl]<nint, nint, int, int> Copy;
    public static delegate* unmanaged[Cdecl]<nint, nint*, int> Clone;
    public static delegate* unmanaged[Cdecl]<nint, int> Zero;
    public static delegate* unmanaged[Cdecl]<nint, int> Delete;
    public static delegate* unmanaged[Cdecl]<double, nint*, int> ScalarTensor;
    public static delegate* unmanaged[Cdecl]<nint, double*, int> ItemFloat64;
    public static delegate* unmanaged[Cdecl]<uint*, int> GetThreads;
    public static delegate* unmanaged[Cdecl]<byte, void> SetGradMode;
    public static delegate* unmanaged[Cdecl]<nint, byte, int> SetRequiresGradient;
    public static delegate* unmanaged[Cdecl]<long, long, long, delegate* unmanaged[Cdecl]<long, long, void*, void>, void*, int> ParallelFor;

    public static delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, nint*, int> NewHandle;
    public static delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, void**, int> DataPointer;
    public static delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long*, int> Dim;
    public static delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long*, int> Numel;
    public static delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long**, int> Sizes;
    public static delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long**, int> Strides;
    public static delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long*, int> StorageOffset;
    public static delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long*, int> StorageBytes;
    public static delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int*, int> DtypeCode;
    public static delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int*, int> DeviceType;
    public static delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int*, int> DeviceIndex;
    public static delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, byte*, int> IsContiguous;
    public static delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, byte*, int> IsDefined;
    public static delegate* unmanaged[Cdecl, SuppressGCTransition]<nuint, nint*, int> NewList;
    public static delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, ulong, int> ListPush;
    public static delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, nuint*, int> ListSize;
    public static delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, nuint, ulong*, int> ListItem;
    public static delegate* unmanaged[Cdecl]<nint, int> DeleteList;
    public static delegate* unmanaged[Cdecl, SuppressGCTransition]<byte*, nuint, nint*, int> NewString;

    /// <summary>libtorch 2.13 and newer: the last reason on this thread; null before.</summary>
    public static delegate* unmanaged[Cdecl]<byte*> LastReason;

    /// <summary>OpenMP's own setter, of the calling thread; null where libtorch uses another pool.</summary>
    public static delegate* unmanaged[Cdecl]<int, void> SetOpenMpThreads;

    public static void Bind(EntryTable entries)
    {
        CallDispatcher = (delegate* unmanaged[Cdecl]<byte*, byte*, ulong*, ulong, int>)entries.Required("torch_call_dispatcher");
        EmptyStrided = (delegate* unmanaged[Cdecl]<long, long*, long*, int, int, int, nint*, int>)entries.Required("aoti_torch_empty_strided");
        FromBlob = (delegate* unmanaged[Cdecl]<void*, long, long*, long*, long, int, int, int, nint*, int>)entries.Required("aoti_torch_create_tensor_from_blob");
        Reinterpret = (delegate* unmanaged[Cdecl]<nint, long, long*, long*, long, nint*, int>)entries.Required("aoti_torch__reinterpret_tensor");
        Copy = (delegate* unmanaged[Cdecl]<nint, nint, int, int>)entries.Required("aoti_torch_copy_");
        Clone = (delegate* unmanaged[Cdecl]<nint, nint*, int>)entries.Required("aoti_torch_clone");
        Zero = (delegate* unmanaged[Cdecl]<nint, int>)entries.Required("aoti_torch_zero_");
        Delete = (delegate* unmanaged[Cdecl]<nint, int>)entries.Required("aoti_torch_delete_tensor_object");
        ScalarTensor = (delegate* unmanaged[Cdecl]<double, nint*, int>)entries.Required("aoti_torch_scalar_to_tensor_float64");
        ItemFloat64 = (delegate* unmanaged[Cdecl]<nint, double*, int>)entries.Required("aoti_torch_item_float64");
        GetThreads = (delegate* unmanaged[Cdecl]<uint*, int>)entries.Required("torch_get_num_threads");
        SetGradMode = (delegate* unmanaged[Cdecl]<byte, void>)entries.Required("aoti_torch_grad_mode_set_enabled");
        SetRequiresGradient = (delegate* unmanaged[Cdecl]<nint, byte, int>)entries.Required("torch_set_requires_grad");
        ParallelFor = (delegate* unmanaged[Cdecl]<long, long, long, delegate* unmanaged[Cdecl]<long, long, void*, void>, void*, int>)entries.Required("torch_parallel_for");
        NewHandle = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, nint*, int>)entries.Required("aoti_torch_new_tensor_handle");
        DataPointer = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, void**, int>)entries.Required("aoti_torch_get_data_ptr");
        Dim = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long*, int>)entries.Required("aoti_torch_get_dim");
        Numel = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long*, int>)entries.Required("aoti_torch_get_numel");
        Sizes = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long**, int>)entries.Required("aoti_torch_get_sizes");
        Strides = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long**, int>)entries.Required("aoti_torch_get_strides");
        StorageOffset = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long*, int>)entries.Required("aoti_torch_get_storage_offset");
        StorageBytes = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long*, int>)entries.Required("aoti_torch_get_storage_size");
        DtypeCode = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int*, int>)entries.Required("aoti_torch_get_dtype");
        DeviceType = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int*, int>)entries.Required("aoti_torch_get_device_type");
        DeviceIndex = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int*, int>)entries.Required("aoti_torch_get_device_index");
        IsContiguous = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, byte*, int>)entries.Required("aoti_torch_is_contiguous");
        IsDefined = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, byte*, int>)entries.Required("aoti_torch_is_defined");
        NewList = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nuint, nint*, int>)entries.Required("torch_new_list_reserve_size");
        ListPush = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, ulong, int>)entries.Required("torch_list_push_back");
        ListSize = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, nuint*, int>)entries.Required("torch_list_size");
        ListItem = (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, nuint, ulong*, int>)entries.Required("torch_list_get_item");
        DeleteList = (delegate* unmanaged[Cdecl]<nint, int>)entries.Required("torch_delete_list");
        NewString = (delegate* unmanaged[Cdecl, SuppressGCTransition]<byte*, nuint, nint*, int>)entries.Required("torch_new_string_handle");
        LastReason = (delegate* unmanaged[Cdecl]<byte*>)entries.Optional("torch_exception_get_what_without_backtrace");
        SetOpenMpThreads = (delegate* unmanaged[Cdecl]<int, void>)entries.Optional("omp_set_num_threads");
    }

    /// <summary>Throws libtorch's reason when <paramref name="code"/> is not 0; passes its warnings on otherwise.</summary>
    public static void Check(int code, string operation)
    {
        if (code != 0)
        {
            throw new LibTorchException(operation, NativeLog.TakeReason());
        }

        if (NativeLog.HasText)
        {
            NativeLog.Relay();
        }
    }
}
