using System.Runtime.InteropServices;

namespace Nonsmooth.Training.Optimizers;

/// <summary>
/// The states of all slots in one zeroed native allocation: state by state, and within a state slot by
/// slot, each starting on a 64-byte boundary.
/// </summary>
internal sealed unsafe class StateBuffer : SafeHandle
{
    private const int Alignment = 64;
    private const int FloatsPerLine = Alignment / sizeof(float);

    private readonly long[] _offsets;
    private readonly long _stride;

    public StateBuffer(IReadOnlyList<ParameterSlot> slots, int states)
        : base(0, ownsHandle: true)
    {
        _offsets = new long[slots.Count];
        for (int i = 0; i < slots.Count; i++)
        {
            _offsets[i] = _stride;
            _stride += (slots[i].Length + FloatsPerLine - 1) / FloatsPerLine * FloatsPerLine;
        }

        nuint bytes = checked((nuint)(_stride * states * sizeof(float)));
        if (bytes > 0)
        {
            void* memory = NativeMemory.AlignedAlloc(bytes, Alignment);
            NativeMemory.Clear(memory, bytes);
            SetHandle((nint)memory);
        }
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Where state <paramref name="state"/> of slot <paramref name="slot"/> starts.</summary>
    public float* Address(int state, int slot) => (float*)handle + (state * _stride) + _offsets[slot];

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}
