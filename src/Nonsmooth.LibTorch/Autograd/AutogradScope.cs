using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Autograd;

/// <summary>Owns every tensor of one measurement.</summary>
internal sealed class AutogradScope : IDisposable
{
    private readonly List<TensorHandle> _owned = [];

    public AutogradTensor Keep(TensorHandle handle)
    {
        _owned.Add(handle);
        return new AutogradTensor(this, handle);
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
