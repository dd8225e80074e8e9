using Nonsmooth.Cli.Output;
using Nonsmooth.Cli.Training;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Reliability.Gradients;
using Nonsmooth.Reliability.Ties;
using Nonsmooth.Selections;
using Nonsmooth.Training.Engine;

namespace Nonsmooth.Cli.Quickstart;

/// <summary>Adds up the tie counts of one run, and tries other selections on the batches that were counted.</summary>
internal sealed class CensusObserver : BarObserver, ITrainingObserver, IDisposable
{
    private readonly GradientRunner _reference;
    private readonly List<GradientRunner> _others = [];
    private readonly List<SelectionDifference> _differences = [];
    private TieReport? _report;

    /// <summary>Compiles the gradients of a run at libtorch's and at other selections.</summary>
    public CensusObserver(ProgressBar bar, string title, TrainingOptions run)
        : base(bar, title)
    {
        var program = run.Network.Build(Math.Min(run.BatchSize, run.Dataset.Train.Count));
        _reference = new GradientRunner(program.Gradient(), run.Precision);
        foreach (var (name, selection) in new[] { ("minimal-norm", Selection.MinimalNorm), ("relu-at-zero-1", Selection.Default with { ReluAtZero = 1 }) })
        {
            _others.Add(new GradientRunner(program.Gradient(selection), run.Precision));
            _differences.Add(new SelectionDifference(name, 0, 0, 0));
        }
    }

    public void Counted(long step, TieReport report, IReadOnlyList<TorchTensor> inputs)
    {
        _report = _report?.Add(report) ?? report;
        var reference = _reference.Run(inputs);
        for (int i = 0; i < _others.Count; i++)
        {
            _differences[i] = _differences[i].Add(GradientDistance.Between(reference, _others[i].Run(inputs)));
        }
    }

    /// <summary>Steps counted so far.</summary>
    public int Counts => _report?.Runs ?? 0;

    /// <summary>The sum; differences keep the largest.</summary>
    /// <exception cref="InvalidOperationException">No step was counted.</exception>
    public KinkSummary Summary()
    {
        var report = _report ?? throw new InvalidOperationException("no step was counted");
        var (relu, pool) = (report.Total("relu"), report.Total("max_pool2d"));
        return new KinkSummary(
            report.Precision.ToString().ToLowerInvariant(),
            report.Precision.UnitRoundoff(),
            report.Runs,
            relu.Places,
            relu.Ties,
            relu.Active ?? 0,
            pool.Places,
            pool.Ties,
            pool.Active ?? 0,
            [.. _differences]);
    }

    public void Dispose()
    {
        _reference.Dispose();
        _others.ForEach(o => o.Dispose());
    }
}
