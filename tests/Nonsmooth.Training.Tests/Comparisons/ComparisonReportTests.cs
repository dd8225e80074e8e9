using Nonsmooth.Reliability.Statistics;
using Nonsmooth.Training.Comparisons;
using Nonsmooth.Training.Recipes;
using Nonsmooth.Training.Tests.Engine;

namespace Nonsmooth.Training.Tests.Comparisons;

public class ComparisonReportTests
{
    private static readonly double[] _reference = [1.0, 1.2, 1.1, 0.9, 1.3, 1.05, 1.15, 0.95];

    [Fact]
    public void Small_differences_that_are_steady_are_seen_in_pairs_only()
    {
        var report = Of(("sgd", _reference.Select((l, i) => l - 0.05 + (0.002 * i))), ("adamw", _reference));
        var (sgd, adamw) = (report.Contenders[0], report.Contenders[1]);
        Assert.Equal("adamw", report.Reference);
        Assert.Equal((ContenderVerdict.Lower, ContenderVerdict.Reference), (sgd.Verdict, adamw.Verdict));
        Assert.Equal(-0.043, sgd.LossDifference!.Value.Mean, 1e-12);
        Assert.True(sgd.TestLoss.High > adamw.TestLoss.Low && sgd.TestLoss.Low < adamw.TestLoss.High);
    }

    [Fact]
    public void The_interval_widens_with_the_number_of_comparisons()
    {
        var noisy = _reference.Select((l, i) => l - 0.05 + (0.05 * (i - 2)));
        ContenderReport One(params (string, IEnumerable<double>)[] more) => Of([("adamw", _reference), ("sgd", noisy), .. more]).Contenders[1];
        var alone = One().LossDifference!.Value;
        var among = One(("lion", _reference), ("muon", _reference)).LossDifference!.Value;
        double[] differences = [.. noisy.Zip(_reference, (a, b) => a - b)];
        Assert.Equal(SymmetricCentre.Interval(differences)!.Value, (alone.Low, alone.High));
        Assert.Equal(SymmetricCentre.Interval(differences, 0.05 / 3)!.Value, (among.Low, among.High));
        Assert.True(among.HalfWidth > alone.HalfWidth);
    }

    [Fact]
    public void A_contender_that_lost_runs_is_not_judged_by_the_others()
    {
        var report = Of(("adamw", _reference), ("sgd", _reference.Select((l, i) => i == 1 ? double.NaN : l - 0.5)), ("lion", _reference.Select(l => l - 0.5)));
        Assert.Equal((ContenderVerdict.CannotTell, 1, 7), (report.Contenders[1].Verdict, report.Contenders[1].Diverged, report.Contenders[1].LossDifference!.Value.Pairs));
        Assert.Equal(ContenderVerdict.Lower, report.Contenders[2].Verdict);
    }

    [Fact]
    public void The_target_is_the_references_median_and_a_run_that_misses_it_is_endless()
    {
        var report = Of(("adamw", _reference.Take(5)), ("sgd", [1.0, 1.0, 5, 5, 5]), ("lion", [1.0, 1.0, 1.0, 5, double.NaN]));
        Assert.Equal(1.1, report.Target);
        Assert.Equal((3, 20.0, 2.0), (report.Contenders[0].Reached, report.Contenders[0].StepsToTarget, report.Contenders[0].SecondsToTarget));
        Assert.Equal((2, (double?)null), (report.Contenders[1].Reached, report.Contenders[1].StepsToTarget));
        Assert.Equal((3, 20.0), (report.Contenders[2].Reached, report.Contenders[2].StepsToTarget));
        Assert.Equal(0.1, report.Contenders[0].SecondsPerStep, 1e-12);
    }

    [Fact]
    public void Too_few_pairs_cannot_tell_however_far_apart()
    {
        var report = Of(("adamw", _reference.Take(5)), ("sgd", _reference.Take(5).Select(l => l - 0.5)));
        Assert.Equal((ContenderVerdict.CannotTell, 6), (report.Contenders[1].Verdict, report.NeededPairs));
    }

    /// <summary>A report of runs that end with these losses, evaluated half-way and at the end.</summary>
    private static ComparisonReport Of(params (string Name, IEnumerable<double> Losses)[] contenders)
    {
        var options = new ComparisonOptions
        {
            Recipe = new Recipe { Network = "mlp:8-16-4", Data = "blobs" }, Dataset = SmallRun.Data, Trials = 1,
            Contenders = [.. contenders.Select(c => ContenderText.Parse(c.Name))],
        };
        return ComparisonReport.Of(
            options,
            new Comparison(options).Plan,
            [.. contenders.Select((c, i) => (options.Contenders[i], Trials(), (IReadOnlyList<ComparedRun>)[.. c.Losses.Select((loss, seed) => Run(c.Name, seed, loss))]))],
            interrupted: false);
    }

    private static IReadOnlyList<RateTrial> Trials() => [new RateTrial(1e-3, 1e-3, 1)];

    private static ComparedRun Run(string name, int seed, double loss) => new()
    {
        Key = $"{name} {seed}", Contender = name, Tuning = false, Seed = (ulong)seed, Eta = 1e-3, Rate = 1e-3, Steps = 20, Seconds = 2,
        Diverged = double.IsNaN(loss) ? "the loss is NaN" : null, HeldOutLoss = loss, TestLoss = loss, TestAccuracy = 0.5, StateBytes = 8, Parameters = 1,
        Curve = double.IsNaN(loss) ? [] : [new(10, 1, loss + 1, 0.3), new(20, 2, loss, 0.5)],
    };
}
