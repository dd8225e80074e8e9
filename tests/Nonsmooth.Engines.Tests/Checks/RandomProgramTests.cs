using Nonsmooth.Dictionary;
using Nonsmooth.Engines.Checks;
using Nonsmooth.Engines.Dialects;
using Nonsmooth.Engines.Judging;
using Nonsmooth.Engines.Protocol;
using Nonsmooth.Engines.Recordings;
using Nonsmooth.Engines.Spellings;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Engines.Tests.Checks;

/// <summary>Programs at random, at small integers, where they kink often: our engine is right about all of them.</summary>
public class RandomProgramTests
{
    private static int Count => Environment.GetEnvironmentVariable("NONSMOOTH_TRIALS") == "1" ? 10_000 : 200;

    [Fact]
    public void TheRightEngineGivesNoAlarm()
    {
        var alarms = new List<string>();
        int judged = 0;
        for (int seed = 0; seed < Count; seed++)
        {
            var spelling = Drawn(seed);
            var point = new RecordedPoint("here", [new(new Shape(3), Point(seed))]);
            var question = new Question(spelling.Name, spelling.Function, "", SpellingKind.Vector, "f64", "here", point.Arguments);
            var cell = Assert.Single(new SpellingJudge(spelling).Of("right", new OwnEngine(find: _ => spelling).Ask(question), point, null));
            judged += cell.ReverseFinding != SlopeFinding.NotJudged ? 1 : 0;
            alarms.AddRange(EngineDeviation.Of([cell]).Select(d => $"{seed}: {d.Line}"));
        }

        Assert.Empty(alarms);
        Assert.True(judged > 0.8 * Count, $"{judged} of {Count}");
    }

    // The same programs with one slope of the gradient off by a third of the largest: found wherever the point is no kink.
    [Fact]
    public void AWrongSlopeIsFound()
    {
        int found = 0, asked = 0;
        for (int seed = 0; seed < Math.Min(Count, 500); seed++)
        {
            var spelling = Drawn(seed);
            var point = new RecordedPoint("here", [new(new Shape(3), [0.3, -1.7, 2.2])]);
            var question = new Question(spelling.Name, spelling.Function, "", SpellingKind.Vector, "f64", "here", point.Arguments);
            var answer = new OwnEngine(find: _ => spelling).Ask(question);
            double[] wrong = [.. answer.Reverse![0]!];
            wrong[seed % 3] += Math.Max(1, wrong.Max(Math.Abs)) / 3;
            var cell = Assert.Single(new SpellingJudge(spelling).Of("wrong", answer with { Reverse = [wrong], Forward = null }, point, null));
            asked += cell.Reason is null ? 1 : 0;
            found += cell.ReverseFinding >= SlopeFinding.NotFinite ? 1 : 0;
        }

        Assert.True(asked > 100);
        Assert.Equal(asked, found);
    }

    private static double[] Point(int seed)
    {
        var random = new Random(seed + 1_000_000);
        return [.. Enumerable.Range(0, 3).Select(_ => (double)random.Next(-2, 3))];
    }

    private static Spelling Drawn(int seed) => new($"random-{seed}", $"random-{seed}", SpellingKind.Vector, 1, (e, x) =>
    {
        var random = new Random(seed);
        var known = new List<Variable> { e.At(x[0], 0), e.At(x[0], 1), e.At(x[0], 2) };
        for (int i = 0; i < 6; i++)
        {
            known.Add(Step(e, random, known[random.Next(known.Count)], known[random.Next(known.Count)]));
        }

        return known[^1] + known[^2];
    });

    private static Variable Step(Dialect e, Random random, Variable a, Variable b) => random.Next(10) switch
    {
        0 => e.Relu(a),
        1 => e.Abs(a),
        2 => e.Maximum(a, b),
        3 => e.Minimum(a, b),
        4 => a + b,
        5 => a - b,
        6 => a * random.Next(-2, 3),
        7 => e.Clip(a, -1, 1),
        8 => e.Max(e.Stack([a, b, -a])),
        _ => e.Tanh(a) + b,
    };
}
