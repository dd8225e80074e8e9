using Nonsmooth.Reliability.Ties;

namespace Nonsmooth.Reliability.Tests.Ties;

public sealed class ValueRangeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(100)]
    public void IsThatOfTheNumbersAndPassesOverWhatIsNone(int count)
    {
        var random = new Random(count);
        for (int trial = 0; trial < 50; trial++)
        {
            double[] numbers = [.. Enumerable.Range(0, count).Select(_ => random.Next(4) == 0 ? double.NaN : random.NextDouble() - 0.5)];
            double[] real = [.. numbers.Where(x => !double.IsNaN(x))];
            var expected = real.Length == 0 ? ValueRange.None : new ValueRange(real.Min(), real.Max());
            Assert.Equal(expected, ValueRange.Of<double>(numbers));
            Assert.Equal(real.Length > 0, expected.HasNumbers);
            Assert.Equal(real.Length == 0 ? ValueRange.None : new((float)real.Min(), (float)real.Max()), ValueRange.Of<float>([.. numbers.Select(x => (float)x)]));
        }
    }

    [Fact]
    public void OfInfinitiesIsInfinite() => Assert.Equal(new ValueRange(double.NegativeInfinity, 2), ValueRange.Of<float>([2, float.NegativeInfinity]));
}
