using System.Runtime.InteropServices;
using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Autograd;

/// <summary>Owns every tensor of one measurement.</summary>
/// <param name="dtype">The format that it is in.</param>
internal sealed class AutogradScope(TorchDtype dtype) : IDisposable
{
    private readonly List<TensorHandle> _owned = [];

    public AutogradTensor Keep(TensorHandle handle)
    {
        _owned.Add(handle);
        return new AutogradTensor(this, handle);
    }

    public AutogradTensor Constant(ReadOnlySpan<double> values, ReadOnlySpan<long> sizes)
    {
        var wide = TensorFactory.FromBytes(MemoryMarshal.AsBytes(values), sizes, TorchDtype.Float64, Device.Cpu);
        if (dtype == TorchDtype.Float64)
        {
            return Keep(wide);
        }

        var narrow = TensorFactory.Empty(sizes, dtype, Device.Cpu);
        TensorFactory.Copy(narrow, wide);
        wide.Delete();
        return Keep(narrow);
    }

    public void Dispose()
    {
        foreach (var handle in _owned)
        {
            handle.Delete();
        }

        _owned.Clear();
    }
}
