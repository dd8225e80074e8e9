using Nonsmooth.Cli.Output;

namespace Nonsmooth.Cli.Runs;

/// <summary>What runs are compared by.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Of">Its value; null where a run has none.</param>
/// <param name="IsGreaterBetter">Whether more is better.</param>
/// <param name="Show">A value in words.</param>
/// <param name="Apart">The size of a difference in words.</param>
internal sealed record RunMeasure(string Name, Func<RunRecord, double?> Of, bool IsGreaterBetter, Func<double, string> Show, Func<double, string> Apart)
{
    public static RunMeasure Accuracy { get; } = new(
        "test accuracy", run => run.TestAccuracy, true, x => Numbers.Percent(x, 2), x => Numbers.Short(100 * x, 2) is var points && points == "1" ? "1 point" : $"{points} points");

    public static RunMeasure Loss { get; } = new("test loss", run => run.TestLoss, false, x => Numbers.Digits(x, 4), x => Numbers.Digits(x, 3));

    /// <summary>The one that all of some runs have: accuracy if possible; null for none.</summary>
    public static RunMeasure? Common(IReadOnlyCollection<RunRecord> runs) =>
        new[] { Accuracy, Loss }.FirstOrDefault(measure => runs.Count > 0 && runs.All(run => measure.Of(run) is not null));

    /// <summary>Better ones first.</summary>
    public IEnumerable<T> Best<T>(IEnumerable<T> things, Func<T, double> value) => things.OrderBy(thing => IsGreaterBetter ? -value(thing) : value(thing));
}
