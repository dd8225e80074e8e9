namespace Nonsmooth.Solutions.Tests.Transport;

/// <summary>Transport with little entropy: by larger ones first.</summary>
public class SmallEpsilonTests
{
    [Theory]
    [InlineData(2, 0.02)]
    [InlineData(2, 0.001)]
    [InlineData(20, 1e-3)]
    [InlineData(50, 1e-4)]
    public void ThePlanMeetsItsMarginals(int n, double epsilon)
    {
        var random = new CounterRandom(5);
        double[] cost = n == 2 ? [0, 1, 1, 0] : [.. Enumerable.Range(0, n * n).Select(i => random.Uniform((ulong)i))];
        double[] mass = [.. Enumerable.Repeat(1.0 / n, n)];
        var solution = new EntropicTransport().Report(
            [Tensor.Of(new Shape(n, n), cost), Tensor.Of(new Shape(n), mass), Tensor.Of(new Shape(n), mass), Tensor.Of(Shape.Scalar, new[] { epsilon })])[0].Solution;
        var (plan, f, g) = (solution.Values[0], solution.Values[1], solution.Values[2]);
        for (int i = 0; i < n; i++)
        {
            Assert.Equal(mass[i], plan[(i * n)..((i + 1) * n)].Sum(), 1e-12);
            Assert.Equal(mass[i], Enumerable.Range(0, n).Sum(r => plan[(r * n) + i]), 1e-12);
        }

        // The optimality conditions: the plan is the exponential of its potentials.
        for (int e = 0; e < plan.Length; e++)
        {
            double expected = Math.Exp((f[e / n] + g[e % n] - cost[e]) / epsilon);
            Assert.True(Math.Abs(plan[e] - expected) <= 1e-9 * expected, $"{plan[e]:R} at {e}, not {expected:R}");
        }
    }
}
