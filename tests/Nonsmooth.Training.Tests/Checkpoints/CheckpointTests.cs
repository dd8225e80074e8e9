using Nonsmooth.Data.Arrays;
using Nonsmooth.Tests.Shared;
using Nonsmooth.Training.Checkpoints;

namespace Nonsmooth.Training.Tests.Checkpoints;

public sealed class CheckpointTests
{
    private static Checkpoint Small => new()
    {
        Tensors = { ["layer.weight"] = StoredTensor.Of([1f, -0f, float.NaN, 4f], 2, 2), ["step"] = StoredTensor.Of([12L]) },
        Metadata = { ["note"] = "ünï\ncode" },
        State = new RunState(3, 12, ulong.MaxValue)
        {
            Batch = 2,
            Config = new Dictionary<string, string> { ["lr"] = "0.1" },
            Measures = new Dictionary<string, double> { ["loss"] = double.NaN, ["best"] = 0.1 },
        },
    };

    [Fact]
    public void GivesBackWhatWasSaved()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("last");
        Small.Save(path);
        var loaded = Checkpoint.Load(path);
        Assert.Equal(2, loaded.Tensors.Count);
        Assert.True(loaded["layer.weight"].Bytes.Span.SequenceEqual(Small["layer.weight"].Bytes.Span));
        Assert.Equal([12L], loaded["step"].Values<long>());
        Assert.Empty(loaded["step"].Shape);
        Assert.Equal(Small.Metadata, loaded.Metadata);
        var state = Assert.IsType<RunState>(loaded.State);
        Assert.Equal((3, 12L, ulong.MaxValue, 2), (state.Epoch, state.Step, state.Seed, state.Batch));
        Assert.Equal("0.1", state.Config["lr"]);
        Assert.Equal([double.NaN, 0.1], [state.Measures["loss"], state.Measures["best"]]);
    }

    [Fact]
    public void SavesTheSameBytesEachTime()
    {
        using var folder = new TemporaryFolder();
        Small.Save(folder.File("a"));
        Small.Save(folder.File("b"));
        Assert.Equal(File.ReadAllBytes(folder.File("a")), File.ReadAllBytes(folder.File("b")));
    }

    [Fact]
    public void RefusesAFileCutAtAnyByte()
    {
        using var folder = new TemporaryFolder();
        Small.Save(folder.File("whole"));
        var whole = File.ReadAllBytes(folder.File("whole"));
        for (var length = 0; length < whole.Length; length++)
        {
            Refuses(folder.Write("cut", whole[..length]));
        }

        Refuses(folder.Write("cut", [.. whole, 0]));
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void RefusesEveryFlippedBit()
    {
        using var folder = new TemporaryFolder();
        Small.Save(folder.File("whole"));
        var bytes = File.ReadAllBytes(folder.File("whole"));
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Refuses(folder.Write("flipped", bytes));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Checkpoint.Load(folder.Write("flipped", bytes));
    }

    [Fact]
    public void RefusesTensorsOfAnotherKindOfFile()
    {
        using var folder = new TemporaryFolder();
        SafeTensors.Write(folder.File("x"), Small.Tensors);
        var e = Refuses(folder.File("x"));
        Assert.Contains("is not a checkpoint of this tool", e.Message, StringComparison.Ordinal);
        SafeTensors.Write(folder.File("x"), Small.Tensors, new Dictionary<string, string> { ["nonsmooth.checkpoint"] = "2" });
        Assert.Contains("version 2", Refuses(folder.File("x")).Message, StringComparison.Ordinal);
        SafeTensors.Write(folder.File("x"), Small.Tensors, new Dictionary<string, string> { ["nonsmooth.checkpoint"] = "1", ["nonsmooth.run"] = "{\"epoch\":1}" });
        Assert.Contains("run state", Refuses(folder.File("x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NamesATensorThatIsMissing() =>
        Assert.Contains("'bias'", Assert.Throws<NonsmoothException>(() => Small["bias"]).Message, StringComparison.Ordinal);

    private static NonsmoothException Refuses(string path)
    {
        var e = Assert.Throws<NonsmoothException>(() => Checkpoint.Load(path));
        Assert.Contains($"'{path}'", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
        return e;
    }
}
