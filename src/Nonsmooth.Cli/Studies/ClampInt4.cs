using System.Diagnostics;
using System.Globalization;
using Nonsmooth.Data;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Optimizers;
using Nonsmooth.Selections;
using Nonsmooth.Training.Audits;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Studies;

namespace Nonsmooth.Cli.Studies;

/// <summary>Four-bit training under the two slopes that releases of one framework take for clamp at its bounds, and the audit before it.</summary>
internal sealed record ClampInt4() : Reproduction(
    "clamp-int4", "four-bit training under both slopes of clamp at its bounds, after an audit that names the nodes", "2 min / 10 min")
{
    public override IReadOnlyList<string> Says(ReproduceRequest request) =>
    [
        "Nothing was published; the question is what becomes of quantised training when the slope of clamp at its bounds changes from 1 to 0, as PyTorch changed it in July 2026 (#191142).",
        "784-64-10 on 10,000 images of MNIST: weights of the codes −8 to 7, clipped to them after every step, so that many are at a bound exactly; hidden values of the codes 0 to 15; rounding passes gradients straight through. Gradient descent with momentum 0.9, batch 64.",
        "Three starts: hidden weights 0, so every hidden value is at the lower bound of its clamp; on the grid; and on the grid with steps that are learned too, their gradients unscaled, which is fragile under either slope.",
        $"{Seeds(request)} seed(s).",
    ];

    public override IReadOnlyList<ReproductionPart> Parts(ReproduceRequest request)
    {
        var data = request.Load("mnist", 10_000);
        var (grid, zero, learned) = (QuantisedMlp.Create([64]), QuantisedMlp.Create([64], zeroStart: true), QuantisedMlp.Create([64], learnedSteps: true));
        var trainings =
            from start in new (Model Network, string Name, double Rate, int Steps)[] { (zero, "start from 0", 0.05, 600), (grid, "start on the grid", 0.05, 600), (grid, "start on the grid", 2, 600), (learned, "learned steps", 3e-5, 1000) }
            from slope in new[] { 1.0, 0 }
            let setting = string.Create(CultureInfo.InvariantCulture, $"{start.Name}, rate {start.Rate:0.#####}, slope {slope}")
            select ReproductionPart.Of(setting, own => Trained(own, data, start.Network, setting, start.Rate, slope, start.Steps));
        return
        [
            ReproductionPart.Of("start from 0, audit before training", own => Audited(own, data, zero, "start from 0")),
            ReproductionPart.Of("start on the grid, audit before training", own => Audited(own, data, grid, "start on the grid")),
            .. trainings,
        ];
    }

    private static int Seeds(ReproduceRequest request) => request.Seeds ?? (request.Full ? 3 : 1);

    private static ReproductionRow Audited(ReproduceRequest request, Dataset data, Model network, string name)
    {
        long begun = Stopwatch.GetTimestamp();
        using var subject = new NetworkSubject(network, data.Train, new() { Batch = 64 });
        var options = new AuditOptions
        {
            Precisions = [Precision.Float32],
            Choices = AuditChoice.Of(SelectionKeys.ClampAtBounds, Selection.Default),
            Draws = 1,
            Batches = 5,
        };
        var progress = request.Share<AuditProgress>("audit before training", p => p.Done);
        var choice = Audit.Run(subject, options, progress, cancellation: request.Stop).Choices[0];
        var format = choice.Formats[0];
        var share = format.Zones.Volume.Share;
        var interval = share.Interval();
        string named = string.Join(", ", format.Blame.Where(b => b.Bifurcations() > 0).Select(b => b.Site.Node));
        return new ReproductionRow(
            $"{name}, audit before training",
            "batches that bifurcate, %",
            "",
            share.Count.Percent,
            100 * interval?.Low,
            100 * interval?.High,
            $"names {(named.Length == 0 ? "none" : named)}, of {choice.Sites.Count} clamps",
            Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }

    private static ReproductionRow Trained(ReproduceRequest request, Dataset data, Model network, string setting, double rate, double slope, int steps)
    {
        long begun = Stopwatch.GetTimestamp();
        var setup = new TrainingSetup
        {
            Network = network, Dataset = data, Optimizer = new SgdOptions(), Rate = rate, Batch = 64, Steps = steps, Project = QuantisedMlp.Clip,
        };
        var outcomes = new List<TrainingOutcome>();
        for (int seed = 0; seed < Seeds(request); seed++)
        {
            using var run = new StudyRun(setup, Selection.Default with { ClampAtBounds = slope }, (ulong)seed);
            int done = seed;
            outcomes.Add(run.Run(request.Share<long>(setting, step => (done + ((double)step / steps)) / Seeds(request)), request.Stop));
        }

        double[] accuracies = [.. outcomes.Where(o => o.IsFinite).Select(o => 100 * o.TestAccuracy)];
        var mean = MeanDifference.Of(accuracies);
        return new ReproductionRow(
            setting,
            "test accuracy, %",
            "",
            accuracies.Length == 0 ? null : mean.Mean,
            mean.HasInterval ? mean.Low : null,
            mean.HasInterval ? mean.High : null,
            string.Create(CultureInfo.InvariantCulture, $"{steps} steps: {string.Join(", ", accuracies.Select(a => a.ToString("F1", CultureInfo.InvariantCulture)))}; NaN {outcomes.Count - accuracies.Length}/{outcomes.Count}; test loss {outcomes.Average(o => o.TestLoss):G3}"),
            Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }
}
