namespace Nonsmooth.LibTorch.Native;

/// <summary>libtorch's numbers for dtypes, devices, layouts and memory formats, read from the library itself.</summary>
internal static unsafe class AbiCodes
{
    private static readonly (TorchDtype Dtype, string Name)[] Names =
    [
        (TorchDtype.Float32, "float32"), (TorchDtype.Float64, "float64"), (TorchDtype.Float16, "float16"),
        (TorchDtype.BFloat16, "bfloat16"), (TorchDtype.Bool, "bool"), (TorchDtype.UInt8, "uint8"),
        (TorchDtype.Int8, "int8"), (TorchDtype.Int16, "int16"), (TorchDtype.Int32, "int32"),
        (TorchDtype.Int64, "int64"), (TorchDtype.Float8E4M3, "float8_e4m3fn"), (TorchDtype.Float8E5M2, "float8_e5m2"),
    ];

    private static readonly int[] Dtypes = new int[Names.Length];
    private static readonly int[] Formats = new int[3];
    private static readonly int[] Devices = new int[2];

    public static int Strided { get; private set; }

    public static int Of(TorchDtype dtype) => Dtypes[(int)dtype];

    public static int Of(MemoryFormat format) => Formats[(int)format];

    public static int Of(DeviceKind kind) => Devices[(int)kind];

    public static TorchDtype Dtype(int code)
    {
        var index = Array.IndexOf(Dtypes, code);
        return index >= 0 ? (TorchDtype)index : throw new NonsmoothException($"libtorch's dtype {code} is not one Nonsmooth uses: convert the tensor to float32, float64, float16, bfloat16, int64 or bool.");
    }

    public static DeviceKind Device(int code)
    {
        var index = Array.IndexOf(Devices, code);
        return index >= 0 ? (DeviceKind)index : throw new NonsmoothException($"libtorch's device type {code} is not one Nonsmooth uses: move the tensor to cpu or cuda.");
    }

    public static void Read(EntryTable entries)
    {
        foreach (var (dtype, name) in Names)
        {
            Dtypes[(int)dtype] = Code(entries, $"aoti_torch_dtype_{name}");
        }

        Devices[(int)DeviceKind.Cpu] = Code(entries, "aoti_torch_device_type_cpu");
        Devices[(int)DeviceKind.Cuda] = Code(entries, "aoti_torch_device_type_cuda");
        Formats[(int)MemoryFormat.Contiguous] = Code(entries, "aoti_torch_memory_format_contiguous_format");
        Formats[(int)MemoryFormat.ChannelsLast] = Code(entries, "aoti_torch_memory_format_channels_last");
        Formats[(int)MemoryFormat.Preserve] = Code(entries, "aoti_torch_memory_format_preserve_format");
        Strided = Code(entries, "aoti_torch_layout_strided");
    }

    private static int Code(EntryTable entries, string name)
    {
        var entry = entries.Required(name);
        return entry == 0 ? -1 : ((delegate* unmanaged[Cdecl]<int>)entry)();
    }
}
