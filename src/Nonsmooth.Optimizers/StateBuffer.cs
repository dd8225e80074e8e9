using System.Runtime.InteropServices;

namespace Nonsmooth.Optimizers;

/// <summary>
/// The states of all slots in one zeroed native allocation: state by state, and within a state slot by
/// slot, each starting on a 64-byte boundary.
/// </summary>
internal sealed unsafe class StateBuffer : SafeHandle
{
    private const int Alignment = 64;
    private readonly long[] _offsets;
    private readonly long _stride;

    public StateBuffer(IReadOnlyList<ParameterSlot> slots, int states, NumberFormat format = NumberFormat.Float32)
        : base(0, ownsHandle: true)
    {
        // In bytes, each slot's share rounded up to whole lines.
        _offsets = new long[slots.Count];
        for (int i = 0; i < slots.Count; i++)
        {
            _offsets[i] = _stride;
            _stride += ((slots[i].Length * format.Bytes()) + Alignment - 1) / Alignment * Alignment;
        }

        nuint bytes = checked((nuint)(_stride * states));
        if (bytes > 0)
        {
            void* memory = NativeMemory.AlignedAlloc(bytes, Alignment);
            NativeMemory.Clear(memory, bytes);
            SetHandle((nint)memory);
        }
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Where state <paramref name="state"/> of slot <paramref name="slot"/> starts.</summary>
    public nint Address(int state, int slot) => handle + (nint)((state * _stride) + _offsets[slot]);

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}
