using Nonsmooth.Data;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Training.Comparisons;
using Nonsmooth.Training.Recipes;
using Nonsmooth.Tests.Shared;
using Nonsmooth.Training.Tests.Engine;

namespace Nonsmooth.Training.Tests.Comparisons;

[Collection("training")]
public class ComparisonTests
{
    private static readonly ComparisonOptions _small = new()
    {
        Recipe = new Recipe { Network = "mlp:8-16-4", Data = "blobs", BatchSize = 32, Epochs = 2, Schedule = "cosine", Threads = 1, Seed = 7 },
        Dataset = SmallRun.Data,
        Contenders = Named("adamw", "adamw:beta1=0.9", "adamw:maximize=true", "sgd"),
        Seeds = 3,
        Trials = 3,
        Evaluations = 6,
    };

    [Trait("Speed", "Slow")]
    [Fact]
    public void What_is_worse_comes_out_as_worse_and_a_twin_as_noise()
    {
        var report = new Comparison(_small with { Seeds = 7 }).Run();
        Assert.Equal("adamw", report.Reference);
        Assert.Equal((3, 7), (report.Comparisons, report.NeededPairs));
        Assert.Equal(
            [ContenderVerdict.Reference, ContenderVerdict.WithinNoise, ContenderVerdict.Higher], report.Contenders.Take(3).Select(c => c.Verdict));
        var (twin, worse) = (report.Contenders[1], report.Contenders[2]);
        Assert.Equal((0, 0, 7), (twin.LossDifference!.Value.Mean, twin.LossDifference.Value.HalfWidth, twin.LossDifference.Value.Pairs));
        Assert.True(worse.LossDifference!.Value.Low > 0);
        Assert.Equal((0, (double?)null), (worse.Reached, worse.StepsToTarget));
        Assert.Equal([8, 8, 8, 4], report.Contenders.Select(c => c.StateBytesPerParameter));
        Assert.False(report.Interrupted);
    }

    [Fact]
    public void Every_contender_has_the_same_work_and_curves_end_with_the_run()
    {
        var report = new Comparison(_small).Run();
        Assert.Equal((3, 18, 18, 297, 33), (report.Plan.Trials, report.Plan.TrialSteps, report.Plan.RunSteps, report.Plan.TrainCount, report.Plan.HeldOutCount));
        Assert.All(report.Contenders, c => Assert.Equal((3, 3), (c.Trials.Count, c.Runs.Count)));
        Assert.All(report.Contenders.SelectMany(c => c.Runs), run =>
        {
            Assert.Equal([3, 6, 9, 12, 15, 18], run.Curve.Select(p => p.Step));
            Assert.Equal(run.HeldOutLoss, run.Curve[^1].Loss);
            Assert.True(run.Curve.Zip(run.Curve.Skip(1)).All(pair => pair.First.Seconds < pair.Second.Seconds) && run.Seconds >= run.Curve[^1].Seconds);
            Assert.InRange(run.Seed, 7UL, 9UL);
        });
        double[] ends = [.. report.Contenders[0].Runs.Select(r => r.HeldOutLoss).Order()];
        Assert.Equal(ends[1], report.Target);
        Assert.InRange(report.Contenders[0].Reached, 2, 3);
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void Tuning_sees_nothing_of_the_test_half()
    {
        var other = Blobs.Load(new DatasetOptions { BlobDimensions = 8, TrainCount = 10, TestCount = 50, Seed = 99 });
        var swapped = new Dataset(SmallRun.Data.Name, SmallRun.Data.ClassNames, SmallRun.Data.Train, other.Test);
        var (first, second) = (new Comparison(_small).Run(), new Comparison(_small with { Dataset = swapped }).Run());
        Assert.Equal(first.Contenders.SelectMany(c => c.Trials), second.Contenders.SelectMany(c => c.Trials));
        Assert.Equal(first.Target, second.Target);
        Assert.NotEqual(first.Contenders[0].TestLoss, second.Contenders[0].TestLoss);
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void Finished_runs_are_not_done_again_and_others_are()
    {
        using var folder = new TemporaryFolder();
        var kept = _small with { Folder = folder.Path, Contenders = Named("adamw", "sgd"), Seeds = 2 };
        using var stop = new CancellationTokenSource();
        var first = new Listener(after: 7, stop);
        var interrupted = new Comparison(kept, first).Run(cancellation: stop.Token);
        Assert.True(interrupted.Interrupted);
        Assert.Equal(7, first.Runs.Count);
        Assert.Equal((1, 0), (interrupted.Contenders[0].Runs.Count, interrupted.Contenders[1].Runs.Count));
        Assert.Equal(ContenderVerdict.CannotTell, interrupted.Contenders[1].Verdict);

        var second = new Listener();
        var whole = new Comparison(kept, second).Run();
        Assert.Equal(first.Runs.Select(r => r.Key), second.Runs.Take(7).Select(r => r.Key));
        Assert.Equal((7, 3), (second.Skipped, second.Runs.Count - second.Skipped));
        Assert.Equal(first.Runs.Select(r => r.Seconds), second.Runs.Take(7).Select(r => r.Seconds));

        var anew = new Comparison(kept with { Folder = null }).Run();
        Assert.Equal(anew.Contenders.Select(c => (c.TestLoss, c.Chosen)), whole.Contenders.Select(c => (c.TestLoss, c.Chosen)));

        var third = new Listener();
        _ = new Comparison(kept with { Seeds = 3 }, third).Run();
        Assert.Equal(10, third.Skipped);
        var fourth = new Listener();
        _ = new Comparison(kept with { Recipe = kept.Recipe with { BatchSize = 16 } }, fourth).Run();
        Assert.Equal(0, fourth.Skipped);
    }

    [Fact]
    public void A_run_that_diverges_is_reported_not_thrown()
    {
        var report = new Comparison(_small with
        {
            Contenders = Named("adamw", "sgd"), Trials = 2, Factor = 1e30, Seeds = 2,
        }).Run();
        Assert.True(double.IsNaN(report.Contenders[1].Trials[1].Loss));
        Assert.Equal(1, report.Contenders[1].Chosen!.Value.Eta, 1e-9);

        var refused = new Comparison(_small with { Contenders = Named("adamw:weight-decay=1e6", "sgd"), Seeds = 2, Trials = 1 }).Run();
        Assert.Null(refused.Contenders[0].Chosen);
        Assert.Null(refused.Target);
        Assert.Equal((0, ContenderVerdict.CannotTell), (refused.Contenders[0].Runs.Count, refused.Contenders[1].Verdict));
    }

    [Fact]
    public void A_small_budget_shortens_the_trials_of_all()
    {
        var report = new Comparison(_small with { Budget = 40, Seeds = 1, Contenders = Named("adamw", "sgd") }).Run();
        Assert.Equal((1, 9, 27, 18), (report.Plan.TrialEpochs, report.Plan.TrialSteps, report.Plan.TuningSteps, report.Plan.RunSteps));
        Assert.Contains("3 trials of one epoch take 27", Refused(_small with { Budget = 26 }), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_compared_is_refused_with_the_mend()
    {
        Assert.Contains("named twice", Refused(_small with { Contenders = Named("sgd", "sgd") }), StringComparison.Ordinal);
        Assert.Contains("at least one", Refused(_small with { Contenders = [] }), StringComparison.Ordinal);
        Assert.Contains("seeds is 0", Refused(_small with { Seeds = 0 }), StringComparison.Ordinal);
        Assert.Contains("trials is 0", Refused(_small with { Trials = 0 }), StringComparison.Ordinal);
        Assert.Contains("factor is 1", Refused(_small with { Factor = 1 }), StringComparison.Ordinal);
        Assert.Contains("evaluations is 0", Refused(_small with { Evaluations = 0 }), StringComparison.Ordinal);
        Assert.Contains("epochs is 0", Refused(_small with { Recipe = _small.Recipe with { Epochs = 0 } }), StringComparison.Ordinal);
        Assert.Contains("warmup is 100", Refused(_small with { Recipe = _small.Recipe with { Warmup = 100 } }), StringComparison.Ordinal);
        Assert.Contains("accumulate fewer", Refused(_small with { Recipe = _small.Recipe with { Accumulate = 10 } }), StringComparison.Ordinal);
        Assert.Contains("give constant, cosine[:FINAL]", Refused(_small with { Recipe = _small.Recipe with { Schedule = "cosine:0.001:1000" } }), StringComparison.Ordinal);
        Assert.Contains("hold out is 2", Refused(_small with { HeldOut = 2 }), StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_of_several_batches_are_counted_as_steps()
    {
        var report = new Comparison(_small with { Recipe = _small.Recipe with { Accumulate = 2 }, Contenders = Named("sgd"), Seeds = 1, Trials = 1 }).Run();
        var run = Assert.Single(report.Contenders[0].Runs);
        Assert.Equal((4, 8, 8, 8), (report.Plan.StepsPerEpoch, report.Plan.RunSteps, run.Steps, run.Curve[^1].Step));
    }

    [Fact]
    public void A_run_with_the_same_bits_for_all_threads_is_found_again()
    {
        using var folder = new TemporaryFolder();
        using var use = LibTorchThreads.Use(3);
        var kept = _small with { Folder = folder.Path, Contenders = Named("sgd"), Seeds = 1, Trials = 1, Recipe = _small.Recipe with { SameBits = true, Threads = 0 } };
        int Skipped(ComparisonOptions options)
        {
            var listener = new Listener();
            _ = new Comparison(options, listener).Run();
            return listener.Skipped;
        }

        Assert.Equal((0, 2, 0), (Skipped(kept), Skipped(kept), Skipped(kept with { Recipe = kept.Recipe with { SameBits = false } })));
    }

    [Fact]
    public void A_run_that_diverges_has_the_steps_it_took()
    {
        var contender = ContenderText.Parse("sgd");
        var (plan, parts) = (new Comparison(_small).Plan, HeldOut.Of(SmallRun.Data.Train, 0.1, 7));
        var request = RunRequest.Reported(_small, plan, parts, contender, 1e30, 7);
        Assert.True(request.Options.EvaluateLastOnly);
        var run = RunRecorder.Run(request, TimeProvider.System, _ => { }, _ => { }, CancellationToken.None);
        Assert.StartsWith("the loss is ", run.Diverged, StringComparison.Ordinal);
        Assert.InRange(run.Steps, 1, plan.RunSteps - 1);
    }

    [Fact]
    public void A_contender_that_an_optimizer_refuses_in_mid_run_is_reported_with_the_reason()
    {
        var options = _small with { Contenders = Named("innaprop:beta-schedule=linear:0.9:0:1+weight-decay=0", "sgd"), Seeds = 2, Trials = 1 };
        var listener = new Listener();
        var report = new Comparison(options, listener).Run();
        Assert.Equal((null, 0, 2), (report.Contenders[0].Chosen, report.Contenders[0].Runs.Count, report.Contenders[1].Runs.Count(r => r.IsFinite)));
        Assert.Contains("at step 2: beta is 0", listener.Runs[0].Diverged, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_line_of_finished_runs_is_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("runs.jsonl"), "{\"key\":");
        var complaint = Assert.Throws<NonsmoothException>(() => new Comparison(_small with { Folder = folder.Path }).Run()).Message;
        Assert.Contains("line 1 of", complaint, StringComparison.Ordinal);
    }

    private static string Refused(ComparisonOptions options) => Assert.Throws<NonsmoothException>(() => new Comparison(options)).Message;

    private static List<Contender> Named(params string[] texts) => [.. texts.Select(ContenderText.Parse)];

    /// <summary>Keeps what it hears, and stops after some runs.</summary>
    private sealed class Listener(int after = int.MaxValue, CancellationTokenSource? stop = null) : IComparisonObserver
    {
        public List<ComparedRun> Runs { get; } = [];

        public int Skipped { get; private set; }

        public void Finished(ComparedRun run, TimeSpan elapsed, long done, long steps)
        {
            Runs.Add(run);
            Skipped += elapsed == TimeSpan.Zero ? 1 : 0;
            Assert.InRange(done, 1, steps);
            if (Runs.Count == after)
            {
                stop!.Cancel();
            }
        }
    }
}
