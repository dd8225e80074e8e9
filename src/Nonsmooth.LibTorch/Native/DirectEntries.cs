namespace Nonsmooth.LibTorch.Native;

/// <summary>The operators libtorch exports one by one, for one kind of device; unlike the dispatcher they take scalars.</summary>
/// <remarks>They skip the dispatcher: no gradient recording, no casts between devices. All arguments stay the caller's.</remarks>
internal sealed unsafe class DirectEntries
{
    private static DirectEntries? _cpu;
    private static DirectEntries? _cuda;

    private readonly string _prefix;

    private DirectEntries(string prefix, Func<string, nint> entry)
    {
        _prefix = prefix;
        AddTensor = (delegate* unmanaged[Cdecl]<nint, nint, double, nint*, int>)entry(prefix + "add_Tensor");
        AddScalar = (delegate* unmanaged[Cdecl]<nint, double, double, nint*, int>)entry(prefix + "add_Scalar");
        MulTensor = (delegate* unmanaged[Cdecl]<nint, nint, nint*, int>)entry(prefix + "mul_Tensor");
        MulScalar = (delegate* unmanaged[Cdecl]<nint, double, nint*, int>)entry(prefix + "mul_Scalar");
        PowScalar = (delegate* unmanaged[Cdecl]<double, nint, nint*, int>)entry(prefix + "pow_Scalar");
        PowTensorScalar = (delegate* unmanaged[Cdecl]<nint, double, nint*, int>)entry(prefix + "pow_Tensor_Scalar");
        PowTensorTensor = (delegate* unmanaged[Cdecl]<nint, nint, nint*, int>)entry(prefix + "pow_Tensor_Tensor");
        AddmmOut = (delegate* unmanaged[Cdecl]<nint, nint, nint, nint, double, double, int>)entry(prefix + "addmm_out");
        BaddbmmOut = (delegate* unmanaged[Cdecl]<nint, nint, nint, nint, double, double, int>)entry(prefix + "baddbmm_out");
        AddmmActivation = (delegate* unmanaged[Cdecl]<nint, nint, nint, double, double, int, nint*, int>)entry(prefix + "_addmm_activation");
        MmOut = (delegate* unmanaged[Cdecl]<nint, nint, nint, int>)entry(prefix + "mm_out");
        BmmOut = (delegate* unmanaged[Cdecl]<nint, nint, nint, int>)entry(prefix + "bmm_out");
        FillScalar = (delegate* unmanaged[Cdecl]<nint, double, int>)entry(prefix + "fill__Scalar");
        ScatterSrcOut = (delegate* unmanaged[Cdecl]<nint, nint, long, nint, nint, int>)entry(prefix + "scatter_src_out");
        ScatterValueOut = (delegate* unmanaged[Cdecl]<nint, nint, long, nint, double, int>)entry(prefix + "scatter_value_out");
        CumSum = (delegate* unmanaged[Cdecl]<nint, long, int*, nint*, int>)entry(prefix + "cumsum");
        Convolution = (delegate* unmanaged[Cdecl]<nint, nint, nint*, long*, long, long*, long, long*, long, int, long*, long, long, nint*, int>)entry(prefix + "convolution");
        ConvolutionBackward = (delegate* unmanaged[Cdecl]<nint, nint, nint, long**, long, long*, long, long*, long, long*, long, int, long*, long, long, int*, long, nint*, nint*, nint*, int>)entry(prefix + "convolution_backward");
        MaxPool2d = (delegate* unmanaged[Cdecl]<nint, long*, long, long*, long, long*, long, long*, long, int, nint*, nint*, int>)entry(prefix + "max_pool2d_with_indices");
        MaxPool2dBackward = (delegate* unmanaged[Cdecl]<nint, nint, long*, long, long*, long, long*, long, long*, long, int, nint, nint*, int>)entry(prefix + "max_pool2d_with_indices_backward");
    }

    public delegate* unmanaged[Cdecl]<nint, nint, double, nint*, int> AddTensor { get; }

    public delegate* unmanaged[Cdecl]<nint, double, double, nint*, int> AddScalar { get; }

    public delegate* unmanaged[Cdecl]<nint, nint, nint*, int> MulTensor { get; }

    public delegate* unmanaged[Cdecl]<nint, double, nint*, int> MulScalar { get; }

    public delegate* unmanaged[Cdecl]<double, nint, nint*, int> PowScalar { get; }

    public delegate* unmanaged[Cdecl]<nint, double, nint*, int> PowTensorScalar { get; }

    public delegate* unmanaged[Cdecl]<nint, nint, nint*, int> PowTensorTensor { get; }

    public delegate* unmanaged[Cdecl]<nint, nint, nint, nint, double, double, int> AddmmOut { get; }

    public delegate* unmanaged[Cdecl]<nint, nint, nint, nint, double, double, int> BaddbmmOut { get; }

    public delegate* unmanaged[Cdecl]<nint, nint, nint, double, double, int, nint*, int> AddmmActivation { get; }

    public delegate* unmanaged[Cdecl]<nint, nint, nint, int> MmOut { get; }

    public delegate* unmanaged[Cdecl]<nint, nint, nint, int> BmmOut { get; }

    public delegate* unmanaged[Cdecl]<nint, double, int> FillScalar { get; }

    public delegate* unmanaged[Cdecl]<nint, nint, long, nint, nint, int> ScatterSrcOut { get; }

    public delegate* unmanaged[Cdecl]<nint, nint, long, nint, double, int> ScatterValueOut { get; }

    public delegate* unmanaged[Cdecl]<nint, long, int*, nint*, int> CumSum { get; }

    public delegate* unmanaged[Cdecl]<nint, nint, nint*, long*, long, long*, long, long*, long, int, long*, long, long, nint*, int> Convolution { get; }

    public delegate* unmanaged[Cdecl]<nint, nint, nint, long**, long, long*, long, long*, long, long*, long, int, long*, long, long, int*, long, nint*, nint*, nint*, int> ConvolutionBackward { get; }

    public delegate* unmanaged[Cdecl]<nint, long*, long, long*, long, long*, long, long*, long, int, nint*, nint*, int> MaxPool2d { get; }

    public delegate* unmanaged[Cdecl]<nint, nint, long*, long, long*, long, long*, long, long*, long, int, nint, nint*, int> MaxPool2dBackward { get; }

    public static DirectEntries For(DeviceKind kind)
    {
        ThreadState.Enter();
        return (kind == DeviceKind.Cpu ? _cpu : _cuda)
            ?? throw new NonsmoothException($"A {kind} operator was called but this libtorch has no CUDA: set {LibTorchLocator.Variable} to one that has.");
    }

    public static void Bind(EntryTable entries, bool cuda)
    {
        _cpu = new DirectEntries("aoti_torch_cpu_", entries.Required);
        _cuda = cuda ? new DirectEntries("aoti_torch_cuda_", entries.Optional) : null;
    }

    /// <summary>Throws unless this device's library exports the entry.</summary>
    public void Need(void* entry, string name)
    {
        if (entry is null)
        {
            throw new NonsmoothException($"This libtorch does not export {_prefix}{name}: run on the cpu or use libtorch 2.10.");
        }
    }
}
