namespace Nonsmooth.Data.Tests;

public sealed class TailStreamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void CountsBytesAndTheZerosAtTheEnd(int step)
    {
        using var stream = new TailStream(new MemoryStream([0, 0, 5, 0, 7, 0, 0, 0, 0]));
        var buffer = new byte[step];
        while (stream.Read(buffer) > 0)
        {
        }

        Assert.Equal((9, 4), (stream.Count, stream.TrailingZeros));
    }

    [Fact]
    public void DrainsWhatIsLeft()
    {
        using var stream = new TailStream(new MemoryStream([1, 2, 0]));
        stream.ReadExactly(new byte[1]);
        stream.Drain();
        Assert.Equal((3, 1), (stream.Count, stream.TrailingZeros));
    }
}
