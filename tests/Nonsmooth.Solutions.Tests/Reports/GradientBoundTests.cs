using Nonsmooth.Selections;

namespace Nonsmooth.Solutions.Tests.Reports;

public sealed class GradientBoundTests
{
    [Theory]
    [InlineData("quadratic")]
    [InlineData("lasso")]
    public void NoErrorExceedsItsBoundAndHalfOfTheBoundsAreNear(string kind)
    {
        int trials = Trials.Count(1000);
        var ratios = new List<double>();
        int infinite = 0;
        int violated = 0;
        int refused = 0;
        for (int seed = 0; seed < trials; seed++)
        {
            var random = new CounterRandom((ulong)seed).Derive(kind);
            double tolerance = Math.Pow(10, -3 - (7 * random.Uniform(0)));
            var (rough, exact, row) = kind == "quadratic"
                ? ((SolutionMap)new QuadraticProgram { Tolerance = tolerance, Polish = false }, (SolutionMap)new QuadraticProgram(), 2)
                : (new ElasticNet { Tolerance = tolerance, Polish = false }, new ElasticNet(), 0);
            var problem = StandardSolutions.Rows[row].Draw(random);
            var report = rough.Report(problem)[0];
            var truth = exact.Report(problem)[0];
            double[][] cotangents = [.. truth.Solution.Values.Select((v, i) => Drawn.Normal(random.Derive((ulong)i), "cotangent", v.Length).Elements)];
            GradientBound bound;
            try
            {
                bound = report.Bound(cotangents);
            }
            catch (SingularSolutionException)
            {
                // A rough solution can seem to be at more constraints than there are unknowns: no gradient at all.
                refused++;
                continue;
            }

            double error = Dense.Distance(bound.Gradient, truth.Derivative.Cotangent(cotangents));
            if (double.IsInfinity(bound.Bound))
            {
                infinite++;
                continue;
            }

            Assert.True(bound.IsProved);
            violated += error > bound.Bound ? 1 : 0;
            ratios.Add(bound.Bound / error);
        }

        ratios.Sort();
        Console.WriteLine($"{kind}: {violated} of {trials} violated, {infinite} infinite, {refused} refused, median ratio {ratios[ratios.Count / 2]:G4}, 95 % {ratios[ratios.Count * 95 / 100]:G4}");
        Assert.Equal(0, violated);
        Assert.True(infinite + refused <= trials / 100, $"{infinite} infinite, {refused} refused");
        Assert.True(ratios[ratios.Count / 2] <= 20);
    }

    // The step is a curved contraction: bounds are estimates from Newton steps, and called so.
    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void OfAFixedPointNoErrorExceedsItsEstimateAndHalfOfThemAreNear(int row)
    {
        int trials = Trials.Count(200);
        var ratios = new List<double>();
        int violated = 0;
        for (int seed = 0; seed < trials; seed++)
        {
            var random = new CounterRandom((ulong)seed).Derive("fixed point");
            double tolerance = Math.Pow(10, -3 - (7 * random.Uniform(0)));
            var map = (FixedPoint)StandardSolutions.Rows[row].Map with { Strategy = Strategy.Dense };
            var problem = StandardSolutions.Rows[row].Draw(random);
            var report = (map with { Tolerance = tolerance }).Report(problem)[0];
            var truth = map.Report(problem)[0];
            double[][] cotangents = [Drawn.Normal(random, "cotangent", truth.Solution.Values[0].Length).Elements];
            var bound = report.Bound(cotangents);

            // A solve to 1e-13 is no truth to a bound that is right in the last digits: refine it.
            var one = new Problem([.. problem.Select(a => a.Shape)], [.. problem.Select(a => a.Elements)]);
            var last = map.Differentiate(one, map.Refine(one, truth.Solution).Solution!, ActivityRule.Inactive);
            double error = Dense.Distance(bound.Gradient, last.Cotangent(cotangents));
            Assert.False(bound.IsProved);
            violated += error > bound.Bound ? 1 : 0;
            ratios.Add(bound.Bound / error);
        }

        ratios.Sort();
        Console.WriteLine($"{StandardSolutions.Rows[row]}: {violated} of {trials} violated, median ratio {ratios[ratios.Count / 2]:G4}, 95 % {ratios[ratios.Count * 95 / 100]:G4}");
        Assert.Equal(0, violated);
        Assert.True(ratios[ratios.Count / 2] <= 20);
    }
}
