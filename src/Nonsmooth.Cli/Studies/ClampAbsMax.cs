using System.Diagnostics;
using System.Globalization;
using Nonsmooth.Data;
using Nonsmooth.Optimizers;
using Nonsmooth.Selections;
using Nonsmooth.Training.Studies;

namespace Nonsmooth.Cli.Studies;

/// <summary>Training of few-bit weights whose scale is their largest magnitude, under both slopes of clamp at its bounds.</summary>
internal sealed record ClampAbsMax() : Reproduction(
    "clamp-absmax", "quantisation-aware training with absolute-maximum scales under both slopes of clamp at its bounds, after an audit that names the nodes", "1 min / 20 min")
{
    private const double _rate = 2e-3;
    private static readonly int[] _bits = [4, 2];

    public override IReadOnlyList<string> Says(ReproduceRequest request) =>
    [
        "Nothing was published; the question is what quantised training becomes when the slope of clamp at its bounds changes from 1 (PyTorch 2.13) to 0 (2.14), all else equal.",
        "MNIST with pixels from 0 to 1; five convolutions, two of them depthwise, and a linear layer, their weights in 4 or 2 bits; a channel's scale is its largest magnitude over the largest code, a constant of the step, so that weight is at a bound of the clamp.",
        string.Create(CultureInfo.InvariantCulture, $"{(request.Full ? "" : "Reduced: ")}{Steps(request):N0} steps of Adam, rate {_rate}, batch 64. {Seeds(request)} seed(s), each with the same start and batches under both slopes."),
    ];

    public override IReadOnlyList<ReproductionPart> Parts(ReproduceRequest request)
    {
        var data = request.Load("mnist-pixels");
        return
        [
            .. _bits.Select(b => new ReproductionPart($"{b} bits, audit before training", own => SlopeAudit.Rows(own, $"{b} bits, audit before training", AbsMaxNetwork.Create(b), data))),
            .. _bits.Select(b => new ReproductionPart($"{b} bits, trained", own => Trained(own, data, b)) { IsShared = true }),
        ];
    }

    private static int Seeds(ReproduceRequest request) => request.Seeds ?? (request.Full ? 12 : 2);

    private static int Steps(ReproduceRequest request) => request.Full ? 1000 : 100;

    private static ReproductionRow[] Trained(ReproduceRequest request, Dataset data, int bits)
    {
        long begun = Stopwatch.GetTimestamp();
        string setting = $"{bits} bits, trained";
        var report = PairedTraining.Run(
            new PairedTrainingOptions
            {
                Network = AbsMaxNetwork.Create(bits), Dataset = data, Optimizer = OptimizerRegistry.Find("adam").Defaults, Rate = _rate, Batch = 64,
                Steps = Steps(request), Seeds = Seeds(request), Reference = Selection.Default, Other = Selection.LibTorchNext,
            },
            request.Share<PairedTrainingProgress>(setting, p => p.Done),
            request.Queue,
            request.Stop);
        var finite = report.Seeds.Where(s => s.IsFinite).ToList();
        double seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        return [.. PairedRows.Of(setting, "test accuracy", [.. finite.Select(s => s.Reference.TestAccuracy)], [.. finite.Select(s => s.Other.TestAccuracy)], seconds)
            .Select(row => finite.Count == report.Seeds.Count ? row : row with { On = $"{row.On}; left out, not finite: {report.Seeds.Count - finite.Count}" })];
    }
}
