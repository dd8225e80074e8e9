using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Solutions;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Tests.Engine;

/// <summary>A layer that projects on a box from its border, where half of the units are.</summary>
[Collection("training")]
public sealed class BorderTests
{
    private static TrainingOptions Options { get; } = SmallRun.Options with
    {
        Network = Classifier.Of("boxed", SmallRun.Data.Shape, SmallRun.Data.ClassCount, (m, x) =>
        {
            var hidden = Functions.Relu(m.Linear("a", 16, x.Flatten(1)));
            Variable Side(double value) => hidden.Builder.Apply(new Fill(new Shape(16), value));
            return m.Linear("b", 4, Solve.Box(hidden, Side(0), Side(10)));
        }),
        Epochs = 1,
    };

    [Fact]
    public void ItIsSaidOnceWithTheCountAndAtTheEndOfAll()
    {
        using var recorder = new Recorder();
        SmallRun.Train(Options, recorder);
        Assert.Single(recorder.Notices, n => n.StartsWith("step 1: ", StringComparison.Ordinal) && n.Contains("weakly active (box_projection", StringComparison.Ordinal) && n.Contains("--at-borders", StringComparison.Ordinal));
        Assert.Single(recorder.Notices, n => n.StartsWith("gradients of 10 steps went through ", StringComparison.Ordinal));
    }

    [Fact]
    public void IgnoredItIsNotSaidAndTheBitsAreTheSame()
    {
        using var recorder = new Recorder();
        var (_, ignored) = SmallRun.Train(Options with { AtBorders = BorderRule.Ignore }, recorder);
        Assert.DoesNotContain(recorder.Notices, n => n.Contains("weakly active", StringComparison.Ordinal));
        var (_, warned) = SmallRun.Train(Options);
        Assert.Equal(ignored, warned);
    }

    [Fact]
    public void StoppingEndsBeforeTheUpdate()
    {
        using var session = new Session(Options with { AtBorders = BorderRule.Stop });
        float[] before = [.. session.Parameters.Values(0).ToArray()];
        var error = Assert.Throws<DivergedException>(() => session.Step());
        Assert.Contains("weakly active", error.Message, StringComparison.Ordinal);
        Assert.Contains("at step 1", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, session.Parameters.Values(0).ToArray());
    }

    [Fact]
    public void ANetworkWithoutSolutionsSaysNothing()
    {
        using var recorder = new Recorder();
        SmallRun.Train(SmallRun.Options with { Epochs = 1 }, recorder);
        Assert.DoesNotContain(recorder.Notices, n => n.Contains("weakly", StringComparison.Ordinal));
    }
}
