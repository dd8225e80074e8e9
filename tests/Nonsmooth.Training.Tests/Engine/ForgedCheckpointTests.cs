using Nonsmooth.Data.Arrays;
using Nonsmooth.Tests.Shared;
using Nonsmooth.Training.Checkpoints;

namespace Nonsmooth.Training.Tests.Engine;

/// <summary>Checkpoints whose checksum is right and whose content cannot be.</summary>
[Collection("training")]
public class ForgedCheckpointTests
{
    public static TheoryData<string, Func<Checkpoint, Checkpoint>, string> Forged => new()
    {
        { "batch", c => With(c, c.State! with { Batch = -1 }), "run state that is not valid" },
        { "epoch", c => With(c, c.State! with { Epoch = -3 }), "run state that is not valid" },
        { "step", c => With(c, c.State! with { Step = -5 }), "run state that is not valid" },
        { "count", c => With(c, c.State! with { Step = 999 }), "does not add up" },
        { "long epoch", c => With(c, c.State! with { Batch = 99, Step = c.State.Step + 99 }), "does not add up" },
        { "threads", c => With(c, c.State! with { Measures = new Dictionary<string, double>(c.State.Measures) { ["threads"] = double.NaN } }), "says that the run's threads is NaN" },
        { "states", c => Retyped(c, n => n.StartsWith("optimizer.", StringComparison.Ordinal) && n != "optimizer.steps"), "I64, F32 is needed" },
        { "counts", c => Retyped(c, n => n == "optimizer.steps"), "F32, I64 is needed" },
        { "parameters", c => Retyped(c, n => !n.StartsWith("optimizer.", StringComparison.Ordinal) && n != "run.history"), "is I64 in the checkpoint, not real" },
        { "history", c => With(c, "run.history", StoredTensor.Of<double>([1, 2], 2)), "a table of at least 7 columns is needed" },
    };

    [Theory]
    [MemberData(nameof(Forged), DisableDiscoveryEnumeration = true)]
    public void ARunDoesNotGoOnFromIt(string what, Func<Checkpoint, Checkpoint> forge, string part)
    {
        using var folder = new TemporaryFolder();
        var options = SmallRun.Options with { OutputFolder = folder.Path, Epochs = 1 };
        SmallRun.Train(options);
        string path = new CheckpointFolder(folder.Path).LastPath;
        forge(Checkpoint.Load(path)).Save(path);
        foreach (string other in Directory.GetFiles(folder.Path, "*.safetensors").Where(f => f != path))
        {
            File.Delete(other);
        }

        var error = Assert.Throws<NonsmoothException>(() => SmallRun.Train(options with { Resume = true }));
        Assert.True(error.Message.Contains(part, StringComparison.Ordinal), $"{what}: {error.Message}");
    }

    [Fact]
    public void AResumeOnOtherInstructionsOrLibrariesSaysWhatMayDiffer()
    {
        using var folder = new TemporaryFolder();
        var options = SmallRun.Options with { OutputFolder = folder.Path, Epochs = 1 };
        SmallRun.Train(options);
        string path = new CheckpointFolder(folder.Path).LastPath;
        var saved = Checkpoint.Load(path);
        Assert.Equal(["instructions", "libtorch", "release", "runtime", "vector"], saved.State!.Machine.Keys.Order());
        With(saved, saved.State with { Machine = new Dictionary<string, string> { ["instructions"] = "sse9", ["libtorch"] = saved.State.Machine["libtorch"] } }).Save(path);
        using var recorder = new Recorder();
        SmallRun.Train(options with { Resume = true }, recorder);
        Assert.Contains(recorder.Notices, n => n.StartsWith("the run was saved with instructions sse9 and goes on with instructions ", StringComparison.Ordinal));
        Assert.DoesNotContain(recorder.Notices, n => n.Contains("libtorch", StringComparison.Ordinal));
    }

    private static Checkpoint With(Checkpoint checkpoint, RunState state) => new() { Tensors = checkpoint.Tensors, Metadata = checkpoint.Metadata, State = state };

    private static Checkpoint With(Checkpoint checkpoint, string name, StoredTensor tensor) =>
        new() { Tensors = new(checkpoint.Tensors) { [name] = tensor }, Metadata = checkpoint.Metadata, State = checkpoint.State };

    private static Checkpoint Retyped(Checkpoint checkpoint, Func<string, bool> wanted) => checkpoint.Tensors.Where(t => wanted(t.Key)).Aggregate(
        checkpoint,
        (made, t) => With(made, t.Key, t.Value.Type == StoredType.I64
            ? StoredTensor.Of<float>(new float[t.Value.Values<long>().Length], [.. t.Value.Shape])
            : StoredTensor.Of<long>(new long[t.Value.ToSingles().Length], [.. t.Value.Shape])));
}
