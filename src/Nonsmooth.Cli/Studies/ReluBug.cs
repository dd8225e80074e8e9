using System.Diagnostics;
using Nonsmooth.Data;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Reliability.Families;
using Nonsmooth.Training.Audits;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Studies;

namespace Nonsmooth.Cli.Studies;

/// <summary>On an affected batch: what ReLU'(0) = 1 changes, beside what the published backward changes.</summary>
internal sealed record ReluBug() : Reproduction("relu-bug", "the wrong backward of the ReLU'(0) study beside the correct one", "20 s / 1 min")
{
    public override IReadOnlyList<string> Says(ReproduceRequest request) =>
    [
        "The published code sets the cotangent at x = 0 to α where it is α·g, so its ReLU'(0) = 1 is another program; the numbers beside ours were measured on one affected binary16 batch of 784-256-256-256-10, all gradients.",
        request.Full ? "All 60,000 images are searched." : "Reduced: the first 10,000 images are searched for an affected batch.",
    ];

    public override IReadOnlyList<ReproductionPart> Parts(ReproduceRequest request)
    {
        var raw = RawPixels.Of(request.Load("mnist", request.Full ? null : 10_000).Train);
        return
        [
            .. new[] { Precision.Float16, Precision.Float32 }
                .Select(precision => new ReproductionPart($"3x256, batch 256, {precision.Name()}", own => Measure(own, raw, precision))),
        ];
    }

    private static ReproductionRow[] Measure(ReproduceRequest request, PixelSplit raw, Precision precision)
    {
        request.Stop.ThrowIfCancellationRequested();
        long begun = Stopwatch.GetTimestamp();
        using var subject = new NetworkSubject(Models.Find("mlp:784-256-256-256-10", raw.Shape), raw, new() { Batch = 256 });
        var found = BugComparison.Run(subject, precision, 200, request.Stop);
        bool known = precision == Precision.Float16;
        string on = $"draw {found.Draw}, batch {found.Batch}, {found.AtKinks} ReLU at 0";
        double seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        ReproductionRow Row(string quantity, string published, double value) =>
            new($"3x256, batch 256, {precision.Name()}", quantity, known ? published : "", value, null, null, on, seconds);
        return
        [
            Row("correct, 1 against 0: Σ‖·‖₁", "0.124", found.Correct.SumL1),
            Row("published bug, 1 against 0: Σ‖·‖₁", "3.1e3", found.Bug.SumL1),
            Row("bug / correct", "2.5e4", found.Ratio),
            Row("correct, relative", "1.2e-3", found.Correct.Relative),
            Row("published bug, relative", "29.4", found.Bug.Relative),
        ];
    }
}
