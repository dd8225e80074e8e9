namespace Nonsmooth.Solutions.Tests.Strategies;

public sealed class GmresTests
{
    private const int _size = 6;

    [Fact]
    public void ASingularMapIsRefusedWhateverTheRightSide()
    {
        for (ulong seed = 0; seed < 300; seed++)
        {
            var random = new CounterRandom(seed);
            double[] q = Drawn.Normal(random, "q", _size).Elements;
            double length = Dense.Length([q]);
            q = Array.ConvertAll(q, x => x / length);
            double[] right = Drawn.Normal(random, "right", _size).Elements;
            Assert.Throws<SingularSolutionException>(() => Gmres.Solve(v => Without(q, v, 1), right, 1e-12, 500));
        }
    }

    [Theory]
    [InlineData(1, 1e12)]
    [InlineData(1, 1e-100)]
    [InlineData(1e-20, 1)]
    [InlineData(1e20, 1)]
    public void NeitherScaleMatters(double scale, double size)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var random = new CounterRandom(seed);
            double[] q = Drawn.Normal(random, "q", _size).Elements;
            double[] right = Array.ConvertAll(Drawn.Normal(random, "right", _size).Elements, x => x * size);
            double[] x = Gmres.Solve(v => Array.ConvertAll(Without(q, v, 0.02), e => e * scale), right, 1e-12, 500).X;
            double[] found = Array.ConvertAll(Without(q, x, 0.02), e => e * scale);
            Assert.All(found.Zip(right), p => Assert.Equal(p.Second / size, p.First / size, 1e-10));
        }
    }

    // v − share·q⟨q, v⟩.
    private static double[] Without(double[] q, double[] v, double share)
    {
        double inner = q.Zip(v, (a, b) => a * b).Sum();
        return [.. v.Zip(q, (x, y) => x - (share * y * inner))];
    }
}
