using System.Runtime.InteropServices;

namespace Nonsmooth.Optimizers;

/// <summary>
/// While it lives, an optimizer's parameters hold the weights to evaluate; disposing it puts back the
/// weights in training, bit for bit. Made by <see cref="Optimizer.UseEvaluationWeights"/>; take no step meanwhile.
/// </summary>
public sealed unsafe class EvaluationWeights : IDisposable
{
    private readonly IReadOnlyList<ParameterSlot> _slots;
    private readonly nint[] _kept;

    internal EvaluationWeights(IReadOnlyList<ParameterSlot> slots)
    {
        _slots = slots;
        _kept = new nint[slots.Count];
        for (int i = 0; i < _kept.Length; i++)
        {
            nuint bytes = slots[i].Bytes;
            _kept[i] = (nint)NativeMemory.Alloc(bytes);
            NativeMemory.Copy((void*)slots[i].Values, (void*)_kept[i], bytes);
        }
    }

    /// <summary>Puts the weights in training back.</summary>
    public void Dispose()
    {
        for (int i = 0; i < _kept.Length; i++)
        {
            if (_kept[i] != 0)
            {
                NativeMemory.Copy((void*)_kept[i], (void*)_slots[i].Values, _slots[i].Bytes);
                NativeMemory.Free((void*)_kept[i]);
                _kept[i] = 0;
            }
        }
    }
}
