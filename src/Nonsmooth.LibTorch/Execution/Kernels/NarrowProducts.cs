using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Products of matrices in 16 bits where libtorch does without oneDNN: its own loops are some thirty times slower than a product in 32 bits.</summary>
internal static class NarrowProducts
{
    /// <summary>A product as it is, or of widened tensors, rounded once to their own format; no summand is <c>default</c>.</summary>
    public static TensorHandle Of(TensorHandle left, TensorHandle right, TensorHandle summand, DeviceKind kind, Func<TensorHandle, TensorHandle, TensorHandle, TensorHandle> product)
    {
        if (!OneDnn.Widens(left, kind))
        {
            return product(left, right, summand);
        }

        var a = TensorFactory.Convert(left, TorchDtype.Float32, Device.Cpu);
        var b = TensorFactory.Convert(right, TorchDtype.Float32, Device.Cpu);
        var c = summand.IsNull ? default : TensorFactory.Convert(summand, TorchDtype.Float32, Device.Cpu);
        var wide = product(a, b, c);
        var result = TensorFactory.Convert(wide, left.Dtype, Device.Cpu);
        a.Delete();
        b.Delete();
        wide.Delete();
        if (!c.IsNull)
        {
            c.Delete();
        }

        return result;
    }
}
