using Nonsmooth.Data;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Reliability.Ties;
using Nonsmooth.Selections;
using Nonsmooth.Training.Audits;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Studies;

namespace Nonsmooth.Training.Tests.Studies;

public class AttackStudyTests
{
    // Most of a stroke's canvas is exactly 0, the lower bound.
    private static readonly Dataset _data = Pixels(Datasets.Load("strokes", new DatasetOptions { TrainCount = 512, TestCount = 64 }));

    [Fact]
    public void With_slope_0_the_attack_never_moves_a_pixel_at_a_bound()
    {
        var network = AttackedNetwork.Create();
        using var parameters = new ParameterSet(network.Build(1).Parameters, 0);
        var (images, classes) = Batch(32);
        float[] one = Attacked(Selection.Default);
        float[] zero = Attacked(Selection.LibTorchNext);
        Assert.Contains(images, p => p == 0);
        Assert.All(images.Zip(zero).Where(p => p.First is 0 or 1), p => Assert.Equal(p.First, p.Second));
        Assert.Contains(images.Zip(one), p => p.First == 0 && p.Second > 0.05f);
        Assert.Contains(images.Zip(zero), p => p.First != p.Second);
        Assert.All(images.Zip(one), p => Assert.InRange(p.Second, Math.Max(0, p.First - 0.1001f), Math.Min(1, p.First + 0.1001f)));

        float[] Attacked(Selection selection)
        {
            using var attack = new ClampedAttack(network, 32, selection);
            float[] attacked = [.. images];
            attack.Run(parameters, attacked, classes, new AttackSteps(3, 0.05f, 0.1f));
            return attacked;
        }
    }

    [Fact]
    public void The_judging_attack_stays_in_its_box_and_takes_its_start_from_the_generator()
    {
        var network = AttackedNetwork.Create();
        using var parameters = new ParameterSet(network.Build(1).Parameters, 0);
        using var attack = new ProjectedAttack(network, 32);
        var (images, classes) = Batch(32);
        float[] Of(ulong seed)
        {
            float[] attacked = [.. images];
            attack.Run(parameters, attacked, classes, new AttackSteps(2, 0.01f, 0.1f, new(seed)));
            return attacked;
        }

        float[] first = Of(1);
        Assert.Equal(first, Of(1));
        Assert.NotEqual(first, Of(2));
        Assert.All(images.Zip(first), p => Assert.InRange(p.Second, Math.Max(0, p.First - 0.1001f), Math.Min(1, p.First + 0.1001f)));
        Assert.Contains(images.Zip(first), p => p.First == 0 && p.Second > 0);
    }

    [Fact]
    public void One_network_seems_more_robust_under_slope_0()
    {
        using var study = new AttackStudy(AttackedNetwork.Create(), _data, Selection.Default, Selection.LibTorchNext, new() { Steps = 200, Attacked = 64, Radius = 0.04f });
        var outcome = study.Measure(0);
        Assert.True(outcome.CleanFirst > 0.5, $"{outcome}");
        Assert.True(outcome.RobustSecond > outcome.RobustFirst, $"{outcome}");
        Assert.Equal(outcome, study.Measure(0));
    }

    [Fact]
    public void Training_on_attacks_differs_by_the_slope_alone()
    {
        var options = new AttackStudyOptions { AdversarialSteps = 80, Attacked = 64, Radius = 0.04f };
        using var study = new AttackStudy(AttackedNetwork.Create(), _data, Selection.Default, Selection.LibTorchNext, options);
        using var same = new AttackStudy(AttackedNetwork.Create(), _data, Selection.Default, Selection.Default, options);
        var equal = same.Harden(3);
        Assert.Equal((equal.CleanFirst, equal.RobustFirst), (equal.CleanSecond, equal.RobustSecond));
        var outcome = study.Harden(3);
        Assert.Equal((equal.CleanFirst, equal.RobustFirst), (outcome.CleanFirst, outcome.RobustFirst));
        Assert.NotEqual((outcome.CleanFirst, outcome.RobustFirst), (outcome.CleanSecond, outcome.RobustSecond));
    }

    [Fact]
    public void More_images_than_there_are_cannot_be_attacked()
    {
        var e = Assert.Throws<NonsmoothException>(() => new AttackStudy(AttackedNetwork.Create(), _data, Selection.Default, Selection.LibTorchNext, new() { Attacked = 65 }));
        Assert.Contains("give 1 to 64", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_audit_names_the_clamp_before_any_training()
    {
        using var subject = new NetworkSubject(AttackedNetwork.Perturbed(AttackedNetwork.Create()), _data.Train, new() { Batch = 32 });
        var report = Audit.Run(subject, new()
        {
            Precisions = [Precision.Float32], Draws = 1, Batches = 3,
            Choices = AuditChoice.Of(SelectionKeys.ClampAtBounds, Selection.Default),
        });
        Assert.Equal(3, report.Choices[0].Formats[0].Zones.Volume.Bifurcation);
        Assert.Equal(["attack.clamp"], report.Choices[0].Formats[0].Blame.Where(b => b.Bifurcations() > 0).Select(b => b.Site.Node));
        var ties = TieCensus.Run(subject, new() { Batches = 3, NearUlps = 0 });
        var (images, classes) = (new float[32 * 784], new long[32]);
        int bounds = 0;
        for (int batch = 0; batch < 3; batch++)
        {
            _data.Train.Fill(subject.Examples(batch), images, classes);
            bounds += images.Count(p => p is 0 or 1);
        }

        Assert.NotEqual(0, bounds);
        Assert.Equal(bounds, ties.Sites.Single(s => s.Site == "attack.clamp").Ties);
    }

    private static (float[] Images, long[] Classes) Batch(int count)
    {
        var (images, classes) = (new float[count * 784], new long[count]);
        _data.Train.Fill([.. Enumerable.Range(0, count)], images, classes);
        return (images, classes);
    }

    private static Dataset Pixels(Dataset data) => new(data.Name, data.ClassNames, RawPixels.Of(data.Train), RawPixels.Of(data.Test));
}
