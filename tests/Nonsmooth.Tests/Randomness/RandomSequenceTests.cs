using CsCheck;
using Nonsmooth.Randomness;

namespace Nonsmooth.Tests.Randomness;

public sealed class RandomSequenceTests
{
    [Fact]
    public void ReadsTheGeneratorInOrderFromAnywhere() => Gen.Select(Gen.ULong, Gen.ULong[0, 1 << 40]).Sample((seed, start) =>
    {
        var random = new CounterRandom(seed, 9);
        var sequence = random.Sequence(start);
        for (var i = 0UL; i < 11; i++)
        {
            Assert.Equal(start + i, sequence.Position);
            Assert.Equal(random.At(start + i), sequence.NextUInt32());
        }
    }, iter: 200);

    [Fact]
    public void DrawsIntegersEquallyOften()
    {
        var sequence = new CounterRandom(3).Sequence();
        var counts = new int[6];
        for (var i = 0; i < 60_000; i++)
        {
            counts[sequence.NextInt32(6)]++;
        }

        // Chi-square with 5 degrees of freedom: 20.5 is its 99.9 % quantile.
        Assert.InRange(counts.Sum(c => (c - 1e4) * (c - 1e4) / 1e4), 0, 20.5);
    }

    [Fact]
    public void StaysInItsRanges()
    {
        var sequence = new CounterRandom(4).Sequence();
        for (var i = 0; i < 10_000; i++)
        {
            Assert.InRange(sequence.NextSingle(), 0f, MathF.BitDecrement(1));
            Assert.InRange(sequence.NextSigned(), -1f, MathF.BitDecrement(1));
            Assert.InRange(sequence.NextDouble(), 0, Math.BitDecrement(1));
            Assert.InRange(sequence.NextInt32(int.MaxValue), 0, int.MaxValue - 1);
            Assert.Equal(0, sequence.NextInt32(1));
            Assert.InRange(sequence.NextNormal(), -8.6, 8.6);
        }
    }

    [Fact]
    public void RefusesABoundOfZero() => Assert.Throws<ArgumentOutOfRangeException>(() => new CounterRandom(1).Sequence().NextInt32(0));
}
