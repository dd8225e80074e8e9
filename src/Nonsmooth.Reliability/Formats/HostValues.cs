using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;

namespace Nonsmooth.Reliability.Formats;

/// <summary>Values of a run as spans of singles or doubles: in place where they are such, else widened exactly.</summary>
internal static class HostValues
{
    /// <summary>A value of the run in progress, on the processor, row-major; dispose it.</summary>
    public static TorchTensor Of(CompiledProgram run, int value)
    {
        var tensor = run.Peek(value);
        if (tensor.Device.Kind != DeviceKind.Cpu)
        {
            tensor = Replace(tensor, tensor.To(Device.Cpu));
        }

        if (tensor.Dtype is not (TorchDtype.Float32 or TorchDtype.Float64))
        {
            tensor = Replace(tensor, tensor.To(TorchDtype.Float32));
        }

        return tensor.IsContiguous ? tensor : Replace(tensor, tensor.Contiguous());
    }

    private static TorchTensor Replace(TorchTensor old, TorchTensor changed)
    {
        old.Dispose();
        return changed;
    }
}
