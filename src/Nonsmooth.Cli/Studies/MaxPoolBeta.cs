using System.Diagnostics;
using System.Globalization;
using Nonsmooth.Data;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Optimizers;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Studies;

namespace Nonsmooth.Cli.Studies;

/// <summary>LeNet trained with β-pooling, as published and exact.</summary>
internal sealed record MaxPoolBeta() : Reproduction(
    "maxpool-beta", "LeNet trained with β-pooling in halves and in single precision: the published composition beside the exact rule", "6 min / 25 min")
{
    private const int _epochs = 3;

    private static readonly bool[] _native = [true];
    private static readonly bool[] _both = [false, true];

    private static readonly (double Beta, string Half, string Single)[] _published =
        [(0, "99.22", "99.26"), (1, "99.23", "99.28"), (10, "99.20", "99.23"), (100, "99.26", "99.25"), (1e3, "9.80, NaN 10/10", "99.25"), (1e4, "9.80, NaN 10/10", "99.27")];

    public override IReadOnlyList<string> Says(ReproduceRequest request) =>
    [
        "Boustany (2024): test accuracy of LeNet-5 on MNIST after 100 epochs, ties of max pooling shared by β·minimal + (1 − β)·native.",
        "Published: the difference of two poolings, whose value is not the maximum in a format of few bits. Exact: the value is the maximum and only the derivative has β.",
        $"Reduced: 10,000 training images, {_epochs} epochs, rate 0.02 throughout, {Seeds(request)} seed(s); as published: momentum 0.9, decay 5e-4, batch 128, pixels from −1 to 1.",
        "f16 pure: parameters and momentum are halves too, as published; f16: they stay in single precision. Operators accumulate in single precision.",
    ];

    public override IReadOnlyList<ReproductionPart> Parts(ReproduceRequest request)
    {
        var data = RawPixels.Centred(request.Load("mnist", 10_000));
        var betas = request.Full ? _published : [.. _published.Where(b => b.Beta is 0 or 100 or 1e3 or 1e4)];
        (Precision Precision, bool Pure)[] formats = request.Full
            ? [(Precision.Float16, true), (Precision.Float32, false), (Precision.Float16, false)]
            : [(Precision.Float16, true), (Precision.Float32, false)];
        return
        [
            .. from format in formats
               from pool in betas
               from exact in pool.Beta == 0 ? _native : _both
               let published = exact && pool.Beta != 0 ? "" : format.Precision == Precision.Float32 ? pool.Single : pool.Half
               let setting = Setting(format.Precision, format.Pure, pool.Beta, exact)
               select ReproductionPart.Of(setting, own => Measure(own, data, format.Precision, format.Pure, pool.Beta, exact, published)),
        ];
    }

    private static string Setting(Precision precision, bool pure, double beta, bool exact) => string.Create(
        CultureInfo.InvariantCulture, $"{precision.Name()}{(pure ? " pure" : "")}, β={beta:0}, {(beta == 0 ? "native" : exact ? "exact" : "published")}");

    private static int Seeds(ReproduceRequest request) => request.Seeds ?? (request.Full ? 3 : 1);

    private static ReproductionRow Measure(
        ReproduceRequest request, Dataset data, Precision precision, bool pure, double beta, bool exact, string published)
    {
        long begun = Stopwatch.GetTimestamp();
        string setting = Setting(precision, pure, beta, exact);
        var pool = exact ? BetaPool.Exact(Lenet5.Create(), beta) : BetaPool.Published(Lenet5.Create(), beta);
        var setup = new TrainingSetup
        {
            Network = pool.Network, Dataset = data, Precision = precision, Pure = pure, Optimizer = new SgdOptions { WeightDecay = 5e-4 }, Steps = _epochs * (data.Train.Count / 128),
        };
        var outcomes = new List<TrainingOutcome>();
        for (int seed = 0; seed < Seeds(request); seed++)
        {
            using var run = new StudyRun(setup, pool.Selection, (ulong)seed);
            int done = seed;
            outcomes.Add(run.Run(request.Share<long>(setting, step => (done + ((double)step / setup.Steps.Value)) / Seeds(request)), request.Stop));
        }

        double[] accuracies = [.. outcomes.Where(o => o.IsFinite).Select(o => 100 * o.TestAccuracy)];
        var mean = MeanDifference.Of(accuracies);
        var lost = outcomes.Where(o => !o.IsFinite).Select(o => o.NotFiniteAt!.Value).ToList();
        string nan = lost.Count == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture, $"; NaN {lost.Count}/{outcomes.Count} at step {string.Join(", ", lost)} of {setup.StepsPerEpoch} an epoch");
        string each = accuracies.Length == 0 ? "" : $": {string.Join(", ", accuracies.Select(a => a.ToString("F2", CultureInfo.InvariantCulture)))}";
        bool interval = mean.HasInterval;
        return new ReproductionRow(
            setting,
            "test accuracy, %",
            published,
            accuracies.Length == 0 ? null : mean.Mean,
            interval ? mean.Low : null,
            interval ? mean.High : null,
            $"{outcomes.Count} seed(s){each}{nan}",
            Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }
}
