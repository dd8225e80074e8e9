using Nonsmooth.Solutions.Tests.Reports;

namespace Nonsmooth.Solutions.Tests.Proofs;

/// <summary>Proofs from candidates that may be wrong: none of a state that exact fractions refute, and intervals that hold the exact gradient.</summary>
public sealed class EnclosedGradientTests
{
    private static readonly Dictionary<string, (SolutionMap Map, Func<CounterRandom, IReadOnlyList<Tensor<double>>> Draw, long[] States)> _kinds = new()
    {
        ["quadratic program"] = (new QuadraticProgram(), r => StandardSolutions.Rows[2].Draw(r), [0, 1]),
        ["quadratic program, nearly weak"] = (new QuadraticProgram(), HardProblems.NearlyWeak, [0, 1]),
        ["quadratic program, singular Q"] = (new QuadraticProgram(), r => HardProblems.Singular(r, StandardSolutions.Rows[2].Draw(r)), [0, 1]),
        ["linear program"] = (new QuadraticProgram(), HardProblems.Vertex, [0, 1]),
        ["lasso, nearly weak"] = (new ElasticNet(), HardProblems.NearlyWeakLasso, [-1, 0, 1]),
        ["non-negative least squares"] = (new NonNegativeLeastSquares(), r => Samples.Design(r, 12, 6), [-1, 0]),
        ["non-negative least squares, weak"] = (new NonNegativeLeastSquares(), r => PlantedRegressions.NonNegative(r, 1), [-1, 0]),
        ["box least squares"] = (new BoxLeastSquares(), r => Samples.BoxDesign(r, 12, 6), [-1, 0, 1]),
        ["box least squares, weak"] = (new BoxLeastSquares(), PlantedRegressions.Boxed, [-1, 0, 1]),
        ["elastic net"] = (new ElasticNet(), r => StandardSolutions.Rows[0].Draw(r), [-1, 0, 1]),
        ["simplex, tied"] = (new Simplex(), r => PlantedMaps.Threshold(r, 1, signed: false), [0, 1]),
    };

    public static TheoryData<string> Kinds => [.. _kinds.Keys];

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Kinds))]
    public void OnlyStatesThatHoldStrictlyAreProvedAndTheirGradientsAreInside(string kind)
    {
        var (map, draw, states) = _kinds[kind];
        int proved = 0;
        int refuted = 0;
        int open = 0;
        for (int seed = 0; seed < Trials.Count(10); seed++)
        {
            var random = new CounterRandom((ulong)seed).Derive(kind);
            var drawn = draw(random);
            var problem = new Problem([.. drawn.Select(t => t.Shape)], [.. drawn.Select(t => t.Elements)]);
            var near = map.Solve(problem);
            double[][] cotangents = [.. near.Values.Select((v, i) => Drawn.Normal(random.Derive((ulong)i), "cotangent", v.Length).Elements)];
            foreach (long[] state in Candidates(near.State, states, random))
            {
                var truth = ExactTruths.Of(map, [.. problem.Values], state, cotangents);
                var enclosed = Enclosed(map, problem, near with { State = state }, cotangents);
                refuted += truth is null ? 1 : 0;
                open += truth is not null && enclosed.Gradient is null ? 1 : 0;
                if (enclosed.Gradient is not { } gradient)
                {
                    continue;
                }

                Assert.True(truth is not null, $"{kind}, seed {seed}, state {string.Join(' ', state)}: proved, and wrong");
                proved++;
                for (int p = 0; p < truth.Length; p++)
                {
                    Assert.All(truth[p].Zip(gradient[p]), e => Assert.True(e.First >= e.Second.Lower && e.First <= e.Second.Upper, $"{e.First.Near()} is not in {e.Second}"));
                }
            }
        }

        Console.WriteLine($"{kind}: {proved} proved, {open} that hold and were not proved, {refuted} refuted by fractions");
        Assert.True(refuted > 0);
        Assert.True(proved > 0 || kind.Contains("weak", StringComparison.Ordinal) || kind.Contains("tied", StringComparison.Ordinal) || kind.Contains("singular", StringComparison.Ordinal));
    }

    // Intervals that are too wide are no proof either.
    private static EnclosedGradient Enclosed(SolutionMap map, Problem problem, Solution near, double[][] cotangents)
    {
        try
        {
            return map.Enclose(problem, near, cotangents);
        }
        catch (UndecidedException e)
        {
            return EnclosedGradient.No(e.Message);
        }
    }

    // The solver's with every weakly active one decided either way, and each of these with one entry changed.
    private static IEnumerable<long[]> Candidates(long[] state, long[] states, CounterRandom random)
    {
        long Decided(long s, bool active) => Math.Abs(s) < 2 ? s : active ? (states.Contains(Math.Sign(s)) ? Math.Sign(s) : 1) : 0;
        foreach (bool active in (bool[])[false, true])
        {
            long[] decided = Array.ConvertAll(state, s => Decided(s, active));
            yield return decided;
            long[] changed = [.. decided];
            int at = (int)(random.Derive("at").Uniform(active ? 1u : 0u) * state.Length);
            changed[at] = states[(Array.IndexOf(states, changed[at]) + 1) % states.Length];
            yield return changed;
        }
    }
}
