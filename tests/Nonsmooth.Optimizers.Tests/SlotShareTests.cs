using CsCheck;

namespace Nonsmooth.Optimizers.Tests;

public sealed class SlotShareTests
{
    [Fact]
    public void Shares_cover_every_element_once_in_order_and_cut_no_small_slot() =>
        Gen.Select(Gen.OneOf(Gen.Long[0, 100], Gen.Long[30_000, 200_000]).Array[0, 30], Gen.Int[1, 9]).Sample((lengths, shares) =>
        {
            ParameterSlot[] slots = [.. lengths.Select((n, i) => new ParameterSlot($"p{i}", 64, n))];
            SlotRange[] ranges = [.. Enumerable.Range(0, shares).SelectMany(share => SlotShare.Of(slots, share, shares))];
            for (int i = 0; i < slots.Length; i++)
            {
                SlotRange[] own = [.. ranges.Where(r => r.Slot == i)];
                Assert.Equal(own.OrderBy(r => r.Start), own);
                Assert.Equal(slots[i].Length, own.Sum(r => r.End - r.Start));
                long covered = 0;
                foreach (SlotRange range in own)
                {
                    Assert.Equal(covered, range.Start);
                    covered = range.End;
                }

                Assert.True(slots[i].Length >= SlotShare.SmallSlot || own.Length <= 1);
            }
        });

    [Fact]
    public void Two_shares_of_one_large_slot_are_nearly_halves()
    {
        ParameterSlot[] slots = [new("w", 64, 1_000_003)];
        long first = SlotShare.Of(slots, 0, 2).Sum(r => r.End - r.Start);
        Assert.InRange(first, 498_000, 502_000);
    }
}
