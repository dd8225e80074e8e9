using System.Runtime.InteropServices;
using TorchSharp;

namespace Nonsmooth.TorchSharp;

/// <summary>Where a tensor's numbers are.</summary>
internal static partial class TensorMemory
{
    // What Tensor.bytes calls, without its limit of 2 GB.
    [LibraryImport("LibTorchSharp", EntryPoint = "THSTensor_data")]
    private static partial nint Data(nint tensor);

    /// <summary>The address of a tensor's first number.</summary>
    public static nint Address(torch.Tensor tensor)
    {
        nint address = Data(tensor.Handle);
        GC.KeepAlive(tensor);
        return address;
    }
}
