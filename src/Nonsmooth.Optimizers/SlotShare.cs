namespace Nonsmooth.Optimizers;

/// <summary>The elements [Start, End) of one slot.</summary>
internal readonly record struct SlotRange(int Slot, long Start, long End);

/// <summary>Cuts a list of slots into contiguous shares of about the same size.</summary>
internal static class SlotShare
{
    /// <summary>Slots shorter than this many elements are never cut: the list is split, not the tensor.</summary>
    public const long SmallSlot = 32_768;

    private const long Granule = 1_024;

    /// <summary>The ranges of share <paramref name="share"/> of <paramref name="shares"/>; together they cover every element once.</summary>
    public static SlotRange[] Of(IReadOnlyList<ParameterSlot> slots, int share, int shares)
    {
        (int firstSlot, long firstElement) = Cut(slots, share, shares);
        (int lastSlot, long lastElement) = Cut(slots, share + 1, shares);
        var ranges = new List<SlotRange>();
        for (int i = firstSlot; i <= lastSlot && i < slots.Count; i++)
        {
            long start = i == firstSlot ? firstElement : 0;
            long end = i == lastSlot ? lastElement : slots[i].Length;
            if (start < end)
            {
                ranges.Add(new SlotRange(i, start, end));
            }
        }

        return [.. ranges];
    }

    /// <summary>Where cut k of n falls. Both roundings are monotone in the target, so shares never overlap.</summary>
    private static (int Slot, long Element) Cut(IReadOnlyList<ParameterSlot> slots, int cut, int shares)
    {
        long total = slots.Sum(slot => slot.Length);
        long target = (long)((Int128)total * cut / shares);
        for (int i = 0; i < slots.Count; i++)
        {
            long length = slots[i].Length;
            if (target < length)
            {
                if (length >= SmallSlot)
                {
                    return (i, target / Granule * Granule);
                }

                return 2 * target < length ? (i, 0) : (i + 1, 0);
            }

            target -= length;
        }

        return (slots.Count, 0);
    }
}
