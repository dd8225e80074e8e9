using System.Diagnostics;
using Nonsmooth.Cli.Output;
using Nonsmooth.Cluster;
using Nonsmooth.Data;
using Nonsmooth.Selections;
using Nonsmooth.Training.Studies;

namespace Nonsmooth.Cli.Studies;

/// <summary>An attack whose clamp is in the gradient: robustness as it is measured, and training on it, under both slopes of clamp at its bounds.</summary>
internal sealed record ClampAttack() : Reproduction(
    "clamp-attack", "robustness measured, and trained for, by an attack through clamp under both of its slopes at a bound, after an audit that names it", "1 min / 10 min")
{
    private const string _audit = "audit before training";
    private const string _measured = "one network, attacked";
    private const string _hardened = "trained on attacks";

    public override IReadOnlyList<string> Says(ReproduceRequest request) =>
    [
        "Nothing was published; the question is what an attack and training against it become when the slope of clamp at its bounds changes from 1 (PyTorch 2.13) to 0 (2.14), all else equal.",
        "MNIST with pixels from 0 to 1, four fifths of them exactly 0; two convolutions and two linear layers; the loss of network(clamp(x + d, 0, 1)), d from 0, at most 0.1 in each pixel.",
        "One network trained on images as they are, attacked under both slopes (10 steps of 0.025); networks trained on such attacks (4 steps of 0.04) under either slope, then attacked by a method whose clamp is outside the gradient (random start, 20 steps of 0.01).",
        $"{(request.Full ? "1,500 steps of training, 600 on attacks, 2,000 images attacked" : "Reduced: 300 steps of training, 100 on attacks, 500 images attacked")}; Adam, rate 0.001, batch 64. {Seeds(request)} seed(s), each with the same start and batches under both slopes.",
    ];

    public override IReadOnlyList<ReproductionPart> Parts(ReproduceRequest request)
    {
        var data = request.Load("mnist-pixels");
        return
        [
            new(_audit, own => SlopeAudit.Rows(own, _audit, AttackedNetwork.Perturbed(AttackedNetwork.Create()), data)),
            new(_measured, own => Measured(own, data)) { IsShared = true },
            new(_hardened, own => Hardened(own, data)) { IsShared = true },
        ];
    }

    private static int Seeds(ReproduceRequest request) => request.Seeds ?? (request.Full ? 12 : 2);

    private static ReproductionRow[] Measured(ReproduceRequest request, Dataset data)
    {
        var (outcomes, seconds) = Run(request, data, _measured, (study, seed, progress, stop) => study.Measure(seed, progress, stop));
        return
        [
            PairedRows.Mean(_measured, "clean accuracy, %", [.. outcomes.Select(o => o.CleanFirst)], seconds),
            .. PairedRows.Of(_measured, "accuracy under the attack", [.. outcomes.Select(o => o.RobustFirst)], [.. outcomes.Select(o => o.RobustSecond)], seconds),
        ];
    }

    private static ReproductionRow[] Hardened(ReproduceRequest request, Dataset data)
    {
        var (outcomes, seconds) = Run(request, data, _hardened, (study, seed, progress, stop) => study.Harden(seed, progress, stop));
        return
        [
            .. PairedRows.Of(_hardened, "clean accuracy", [.. outcomes.Select(o => o.CleanFirst)], [.. outcomes.Select(o => o.CleanSecond)], seconds),
            .. PairedRows.Of(_hardened, "accuracy under the independent attack", [.. outcomes.Select(o => o.RobustFirst)], [.. outcomes.Select(o => o.RobustSecond)], seconds),
        ];
    }

    private static (IReadOnlyList<AttackOutcome> Outcomes, double Seconds) Run(
        ReproduceRequest request, Dataset data, string setting, Func<AttackStudy, ulong, IProgress<double>, CancellationToken, AttackOutcome> run)
    {
        long begun = Stopwatch.GetTimestamp();
        var options = request.Full ? new AttackStudyOptions() : new AttackStudyOptions { Steps = 300, AdversarialSteps = 100, Attacked = 500 };
        using var study = new AttackStudy(AttackedNetwork.Create(), data, Selection.Default, Selection.LibTorchNext, options);
        var list = new WorkList<AttackOutcome>(Seeds(request), item => run(study, (ulong)item.Index, new Told<double>(item.Report), item.Cancellation))
        {
            Progress = (share, _) => request.Progress(share, setting),
        };
        var outcomes = request.Queue.RunUntilStopped(list, request.Stop).OfType<AttackOutcome>().ToList();
        return (outcomes, Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }
}
