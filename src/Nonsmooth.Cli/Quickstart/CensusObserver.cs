using Nonsmooth.Cli.Output;
using Nonsmooth.Cli.Training;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Training.Census;
using Nonsmooth.Training.Engine;

namespace Nonsmooth.Cli.Quickstart;

/// <summary>Adds up the censuses of one run.</summary>
internal sealed class CensusObserver(ProgressBar bar, string title) : BarObserver(bar, title), ITrainingObserver
{
    private readonly List<CensusReport> _reports = [];

    public void Counted(long step, CensusReport report) => _reports.Add(report);

    /// <summary>The sum; differences keep the largest.</summary>
    public KinkSummary Summary() => new(
        _reports[0].Precision.ToString().ToLowerInvariant(),
        Roundoff(_reports[0].Precision),
        _reports.Sum(r => r.Batches),
        _reports.Sum(r => r.Relu.Places),
        _reports.Sum(r => r.Relu.Kinked),
        _reports.Sum(r => r.MaxPool.Places),
        _reports.Sum(r => r.MaxPool.Kinked),
        [.. _reports.SelectMany(r => r.Differences).GroupBy(d => d.Selection).Select(g => new GradientDifference(
            g.Key, g.Sum(d => d.Batches), g.Sum(d => d.Differing), g.Max(d => d.RelativeL2), g.Max(d => d.MaxDifference)))]);

    private static double Roundoff(Precision precision) => precision switch
    {
        Precision.Float16 => Math.ScaleB(1, -11),
        Precision.BFloat16 => Math.ScaleB(1, -8),
        Precision.Float64 => Math.ScaleB(1, -53),
        _ => Math.ScaleB(1, -24),
    };
}
