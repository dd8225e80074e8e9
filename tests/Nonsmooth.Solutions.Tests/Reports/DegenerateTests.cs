namespace Nonsmooth.Solutions.Tests.Reports;

public sealed class DegenerateTests
{
    public static TheoryData<string> Kinds => ["quadratic 1", "quadratic 2", "linear", "twice", "lasso 1", "lasso 2"];

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Kinds))]
    public void PlantedWeaklyActiveConstraintsAreFlaggedAndTheirOneSidedDerivativesRight(string kind)
    {
        int trials = Trials.Count(100);
        int flagged = 0;
        double worst = 0;
        int worstSeed = 0;
        for (int seed = 0; seed < trials; seed++)
        {
            var random = new CounterRandom((ulong)seed).Derive(kind);
            var (map, problem) = Draw(kind, random);
            var report = map.Report(problem)[0];
            flagged += report.WeaklyActive.Count > 0 && !report.IsRegular ? 1 : 0;
            double[][] direction = [.. problem.Select((a, i) => Drawn.Normal(random.Derive((ulong)i), "direction", a.Elements.Length).Elements)];
            direction[^1] = map is ElasticNet ? [0] : direction[^1];
            direction[0] = kind == "linear" ? new double[direction[0].Length] : direction[0];
            double[] right = report.OneSided(direction).Right[0];
            double[] left = report.OneSided(direction).Left[0];
            double size = 1 + right.Concat(left).Max(Math.Abs);
            double error = Math.Max(
                right.Zip(Slopes.At(map, problem, direction, 1).Values[0], (a, b) => Math.Abs(a - b)).Max(),
                left.Zip(Slopes.At(map, problem, direction, -1).Values[0], (a, b) => Math.Abs(a - b)).Max()) / size;
            (worst, worstSeed) = error > worst ? (error, seed) : (worst, worstSeed);
        }

        Console.WriteLine($"{kind}: flagged {flagged} of {trials}, worst one-sided error {worst:G3} (seed {worstSeed})");
        Assert.Equal(trials, flagged);
        Assert.True(worst <= 1e-6, $"{kind}, seed {worstSeed}: {worst}");
    }

    [Fact]
    public void DuplicateColumnsOfALassoAreFlaggedAndHaveNoDirectionalDerivative()
    {
        for (int seed = 0; seed < Trials.Count(100); seed++)
        {
            var problem = Planted.Lasso(new CounterRandom((ulong)seed), 1, duplicate: true);
            var report = new ElasticNet().Report(problem)[0];
            Assert.NotEqual(Invertibility.AllElements, report.Invertibility);
            Assert.False(report.IsRegular);
            double[][] direction = [.. problem.Select(a => Array.ConvertAll(a.Elements, _ => 1.0))];
            Assert.Throws<SingularSolutionException>(() => report.OneSided(direction));
        }
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void ProblemsWithoutKinksAreNotFlagged()
    {
        foreach (var row in StandardSolutions.Rows)
        {
            for (int seed = 0; seed < Trials.Count(100); seed++)
            {
                var report = row.Map.Report(row.Draw(new CounterRandom((ulong)seed)))[0];
                Assert.True(report.IsRegular, $"{row}, seed {seed}: {report}");
            }
        }
    }

    private static (SolutionMap Map, Tensor<double>[] Problem) Draw(string kind, CounterRandom random) => kind switch
    {
        "quadratic 1" => (new QuadraticProgram(), Planted.Quadratic(random, 1)),
        "quadratic 2" => (new QuadraticProgram(), Planted.Quadratic(random, 2)),
        "linear" => (new QuadraticProgram(), Planted.Linear(random)),
        "twice" => (new QuadraticProgram(), Planted.Twice(random)),
        "lasso 1" => (new ElasticNet(), Planted.Lasso(random, 1)),
        _ => (new ElasticNet(), Planted.Lasso(random, 2)),
    };
}
