using System.Diagnostics;
using System.Globalization;
using Nonsmooth.Data;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Reliability.Zones;
using Nonsmooth.Training.Audits;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Studies;

namespace Nonsmooth.Cli.Studies;

/// <summary>Zones of LeNet and VGG11 between native and minimal max pooling, by format.</summary>
internal sealed record MaxPoolVolumes() : Reproduction(
    "maxpool-volumes", "batches whose gradient bifurcates between native and minimal max pooling, by format", "4 min / 3 h")
{
    public override IReadOnlyList<string> Says(ReproduceRequest request) =>
    [
        "Boustany, On the numerical reliability of nonsmooth autodiff (2024): pairs of a draw and a batch of 128 whose gradients differ by more than a threshold; published on all 391 batches of CIFAR-10 with one draw, without augmentation here.",
        "'Threshold' is the published one, absolute and found on VGG11: on other networks it misses bifurcations at 16 bits. 'Replay' needs none. The LeNet numbers beside ours are of an earlier run on 10,000 images, not published ones.",
        "A published share is of one draw: it says how often that draw's batches bifurcate, and nothing of other draws, so no test of a difference is made.",
        request.Batches is { } batches ? $"{batches} batches a draw."
            : request.Full ? "VGG11 at 32 bits is whole but for the last, smaller batch; reduced: 8 batches at 64 and 16 bits."
            : "Reduced: LeNet on 20 batches of 1 draw; VGG11 on 16 batches at 32 bits and 2 at 64 and 16.",
    ];

    public override IReadOnlyList<ReproductionPart> Parts(ReproduceRequest request)
    {
        // Both first: a missing one should be told before the minutes of the other.
        var cifar = request.Load("cifar10");
        var mnist = RawPixels.Centred(request.Load("mnist", 10_000));
        return
        [
            .. new (Precision Precision, string Published)[] { (Precision.Float16, "100 %"), (Precision.BFloat16, ""), (Precision.Float32, "1.3 %"), (Precision.Float64, "0 %") }
                .Select(c => Part("lenet5", mnist, c.Precision, c.Published, request.Batches ?? (request.Full ? 78 : 20), request.Draws ?? (request.Full ? 2 : 1), replay: true)),
            .. new (Precision Precision, string Published, int Reduced, int Full)[] { (Precision.Float32, "48.9 to 55.2 %", 16, 390), (Precision.Float64, "0 %", 2, 8), (Precision.Float16, "100 %", 2, 8) }
                .Select(c => Part("vgg11-cifar", cifar, c.Precision, c.Published, request.Batches ?? (request.Full ? c.Full : c.Reduced), request.Draws ?? 1, replay: false)),
        ];
    }

    private static ReproductionPart Part(
        string network, Dataset data, Precision precision, string published, int batches, int draws, bool replay) =>
        new($"{network} on {data.Name}, {precision.Name()}", own => Measure(own, network, data, precision, published, batches, draws, replay)) { IsShared = true };

    private static List<ReproductionRow> Measure(
        ReproduceRequest request, string network, Dataset data, Precision precision, string published, int batches, int draws, bool replay)
    {
        request.Stop.ThrowIfCancellationRequested();
        long begun = Stopwatch.GetTimestamp();
        using var subject = new NetworkSubject(Models.Find(network), data.Train, new() { Draw = DrawKind.Published });
        var options = new ZoneOptions { Precision = precision, Draws = draws, Batches = batches, Replay = replay, ControlOrders = replay ? 1 : 0 };
        var report = ZoneStudy.Run(subject, options, request.Share<double>($"{network}, {precision.Name()}", s => s), request.Queue, request.Stop);
        double seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        return
        [
            .. report.Volumes.Where(v => v.Classifier != "calibrated").Select(v =>
            {
                var interval = v.Share.Interval();
                bool threshold = v.Classifier == "published";
                return new ReproductionRow(
                    $"{network} on {data.Name}, {precision.Name()}",
                    threshold ? "bifurcation by threshold, %" : "bifurcation by replay, %",
                    published,
                    v.Volume.Percent,
                    100 * interval?.Low,
                    100 * interval?.High,
                    string.Create(CultureInfo.InvariantCulture, $"M={draws}, Q={batches}; unequal {v.Unequal.Percent:0.#} %; {v.Share.Independence}"),
                    seconds);
            }),
        ];
    }
}
