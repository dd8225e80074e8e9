using Nonsmooth.Data;
using Nonsmooth.Dictionary;
using Nonsmooth.Engines.Conformance;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;
using Nonsmooth.Tests.Shared;
using Nonsmooth.Training.Audits;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Objectives;
using Nonsmooth.Training.Studies;

namespace Nonsmooth.Training.Tests.Studies;

/// <summary>Two recorded releases of PyTorch as profiles: the audit of a model names the nodes whose gradient changes from one to the other.</summary>
public class RecordedReleasesTests
{
    private static readonly Lazy<AuditChoice> _releases = new(() =>
    {
        string folder = Path.Combine(SharedData.FolderOrSkip("engines"), "engines");
        Selection Of(string name) => Selection.FromRecording(Path.Combine(folder, name + ".jsonl.gz")).Selection;
        return new("2.13 → 2.14", "which release of PyTorch", "2.13's answers as recorded, or 2.14's", Of("pytorch-2.13"), Of("pytorch-2.14"));
    });

    [Fact]
    public void AnAttackThroughClampChangesAtItsClamp()
    {
        _ = SharedData.FolderOrSkip("engines");
        var drawn = RawPixels.Of(Datasets.Load("strokes", new DatasetOptions { TrainCount = 1, TestCount = 64 }).Test);
        using var subject = new NetworkSubject(new AttackStep(), drawn, new() { Batch = 32 });
        var (nodes, changed, pairs) = Audited(subject);
        Assert.Equal(["attack.clamp"], nodes);
        Assert.Equal(pairs, changed);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void WeightsOfFewBitsChangeAtTheirClamps(int bits)
    {
        _ = SharedData.FolderOrSkip("engines");
        var data = Datasets.Load("strokes", new DatasetOptions { TrainCount = 64, TestCount = 1 }).Train;
        using var subject = new NetworkSubject(AbsMaxNetwork.Create(bits), data, new() { Batch = 32 });
        var (nodes, changed, pairs) = Audited(subject);
        Assert.Equal(6, nodes.Count);
        Assert.All(nodes, n => Assert.EndsWith(".quantise.clamp", n, StringComparison.Ordinal));
        Assert.Equal(pairs, changed);
    }

    private static (IReadOnlyList<string> Nodes, int Changed, int Pairs) Audited(NetworkSubject subject)
    {
        var found = Audit.Run(subject, new() { Precisions = [Precision.Float32], Choices = [_releases.Value], Draws = 1, Batches = 1 }).Choices[0].Formats[0];
        return ([.. found.Blame.Where(b => b.Bifurcations() > 0).Select(b => b.Site.Node)], (int)found.Zones.Volume.Bifurcation, (int)found.Zones.Volume.Pairs);
    }

    private sealed record AttackStep : Model
    {
        public AttackStep()
            : base("attack-step")
        {
            Examples = FieldList.Images(new ImageShape(1, 28, 28), 10);
            Data = Datasets.Find("mnist-pixels");
            Loss = Losses.CrossEntropy("target");
            Forward = (m, e) =>
            {
                var x = m.Within("attack", () => Functions.Clamp(e["x"] + m.Parameter("d", new Shape(1, 1, 28, 28), Initializer.Zero), 0, 1));
                x = Functions.Relu(m.Within("conv", () => m.Conv2d(x, 4, kernel: 5, stride: 2))).Flatten(1);
                return new NamedVariables("output", [("logits", m.Linear("fc", 10, x))]);
            };
        }
    }
}
