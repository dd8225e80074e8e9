using Nonsmooth.Solutions.Tests.Reports;

namespace Nonsmooth.Solutions.Tests.Proofs;

/// <summary>Bounds against solutions that exact fractions verify and differentiate.</summary>
public sealed class ProvedBoundTests
{
    private static readonly Dictionary<string, (Func<double, SolutionMap> Map, Func<CounterRandom, IReadOnlyList<Tensor<double>>> Draw, double Least)> _kinds = new()
    {
        ["quadratic program"] = (Quadratic, r => StandardSolutions.Rows[2].Draw(r), 0.98),
        ["elastic net"] = (Lasso, r => StandardSolutions.Rows[0].Draw(r), 0.98),
        ["quadratic program, units"] = (Quadratic, r => HardProblems.Scaled(r, StandardSolutions.Rows[2].Draw(r)), 0.9),
        ["quadratic program, nearly weak"] = (Quadratic, HardProblems.NearlyWeak, 0.3),
        ["linear program"] = (Quadratic, HardProblems.Vertex, 0.3),
        ["quadratic program, singular Q"] = (Quadratic, r => HardProblems.Singular(r, StandardSolutions.Rows[2].Draw(r)), 0),
        ["lasso, nearly weak"] = (Lasso, HardProblems.NearlyWeakLasso, 0.3),
        ["non-negative least squares"] = (_ => new NonNegativeLeastSquares(), r => Samples.Design(r, 12, 6), 0.98),
        ["box least squares"] = (_ => new BoxLeastSquares(), r => Samples.BoxDesign(r, 12, 6), 0.98),
        ["simplex"] = (_ => new Simplex(), r => Samples.Sized(r, 8, 0.5, 2), 0.98),
        ["simplex, tied"] = (_ => new Simplex(), r => PlantedMaps.Threshold(r, 1, signed: false), 0),
        ["l1 ball"] = (_ => new L1Ball(), r => Samples.Sized(r, 4, 2, 5), 0.98),
        ["l2 ball"] = (_ => new L2Ball(), r => Samples.Sized(r, 5, 0.5, 3), 0.98),
        ["box"] = (_ => new Box(), r => Samples.Bounded(r, 8), 0.98),
    };

    public static TheoryData<string> Others => [.. _kinds.Keys.Except(["quadratic program", "elastic net"])];

    [Trait("Speed", "Slow")]
    [Theory]
    [InlineData("elastic net")]
    [InlineData("quadratic program")]
    public void OfQuadraticProgramsAndElasticNetsHalfOfTheBoundsAreNear(string kind)
    {
        var trials = Tried(kind, Trials.IsWhole ? 10_000 : 100);
        Assert.True(trials.MedianRatio <= 20, trials.ToString());
    }

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Others))]
    public void NoProvedBoundIsExceededAndNoKinkIsProvedAway(string kind) => Tried(kind, Trials.IsWhole ? 1_000 : 10);

    // Newton's steps are no proof: their bounds are estimates, and called so.
    [Trait("Speed", "Slow")]
    [Theory]
    [InlineData(5, 10)]
    [InlineData(6, 100)]
    [InlineData(9, 100)]
    public void OfEquationsNoErrorExceedsItsEstimateAndHalfOfThemAreNear(int row, int usual)
    {
        var given = StandardSolutions.Rows[row];
        var trials = new BoundTrials(given.ToString(), (_, p, candidate, c) => row switch
        {
            5 => ExactEquations.Tanh(p, candidate.Values[0], c[0]),
            6 => ExactEquations.Relu(p, candidate.Values[0], c[0]),
            _ => ExactEquations.Cubic(p, candidate.Values[0], c[0]),
        });
        for (int seed = 0; seed < (Trials.IsWhole ? 2_000 : usual); seed++)
        {
            var random = new CounterRandom((ulong)seed).Derive("equation");
            double tolerance = Math.Pow(10, -3 - (7 * random.Uniform(0)));
            var (rough, exact) = given.Map switch
            {
                FixedPoint map => ((SolutionMap)(map with { Strategy = Strategy.Dense, Tolerance = tolerance }), (SolutionMap)(map with { Strategy = Strategy.Dense })),
                var map => (map, map),
            };
            trials.Try(rough, exact, given.Draw(random), random);
        }

        Console.WriteLine(trials);
        Assert.Equal(0, trials.Proved);
        Assert.Equal(0, trials.EstimatesViolated);
        Assert.Equal(0, trials.WithoutTruth);
        Assert.True(row == 9 || trials.MedianRatio <= 20, trials.ToString());
    }

    private static BoundTrials Tried(string kind, int count)
    {
        var (map, draw, least) = _kinds[kind];
        var trials = new BoundTrials(kind, (m, p, candidate, c) => ExactTruths.Of(m, p, candidate.State, c));
        for (int seed = 0; seed < count; seed++)
        {
            var random = new CounterRandom((ulong)seed).Derive(kind);
            trials.Try(map(Math.Pow(10, -3 - (7 * random.Uniform(0)))), map(0), draw(random), random);
        }

        Console.WriteLine(trials);
        Assert.Equal(0, trials.Violated);
        Assert.Equal(0, trials.WronglyProved);
        Assert.True(trials.Proved >= least * (trials.Count - trials.WithoutTruth), trials.ToString());
        return trials;
    }

    private static QuadraticProgram Quadratic(double tolerance) =>
        tolerance == 0 ? new() : new() { Tolerance = tolerance, Polish = false };

    private static ElasticNet Lasso(double tolerance) =>
        tolerance == 0 ? new() : new() { Tolerance = tolerance, Polish = false };
}
