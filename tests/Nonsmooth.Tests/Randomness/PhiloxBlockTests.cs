using Nonsmooth.Randomness;

namespace Nonsmooth.Tests.Randomness;

public sealed class PhiloxBlockTests
{
    [Fact]
    public void PutsTheFirstWordLow()
    {
        var block = new PhiloxBlock(1, 2, 3, 4);
        Assert.Equal(0x0000_0002_0000_0001UL, block.Low);
        Assert.Equal(0x0000_0004_0000_0003UL, block.High);
        Assert.Equal([1u, 2u, 3u, 4u], Enumerable.Range(0, 4).Select(i => block[i]));
    }
}
