using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Tensors as own loops over memory want them: row-major, in the element type of the arithmetic.</summary>
internal static class RowMajor
{
    /// <summary>A handle the caller releases: the same memory where it fits already.</summary>
    public static TensorHandle Of(TensorHandle tensor, TorchDtype dtype)
    {
        if (tensor.Dtype == dtype)
        {
            return tensor.IsContiguous ? tensor.Share() : TensorFactory.Contiguous(tensor);
        }

        var converted = TensorFactory.Convert(tensor, dtype, tensor.Device);
        if (converted.IsContiguous)
        {
            return converted;
        }

        var result = TensorFactory.Contiguous(converted);
        converted.Delete();
        return result;
    }

    /// <summary>The tensor in the program's element type; it is taken.</summary>
    public static TensorHandle Into(TensorHandle tensor, TorchDtype dtype)
    {
        if (tensor.Dtype == dtype)
        {
            return tensor;
        }

        var result = TensorFactory.Convert(tensor, dtype, tensor.Device);
        tensor.Delete();
        return result;
    }
}
