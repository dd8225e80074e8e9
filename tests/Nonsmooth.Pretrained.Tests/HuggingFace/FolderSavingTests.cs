using Nonsmooth.Data.Arrays;
using Nonsmooth.Pretrained.HuggingFace;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Pretrained.Tests.HuggingFace;

/// <summary>Folders are written as those that came in, weights replaced.</summary>
public sealed class FolderSavingTests
{
    [Theory]
    [MemberData(nameof(RecordedFolderTests.Recorded), MemberType = typeof(RecordedFolderTests))]
    public void AnUntouchedFolderIsTheSame(string name)
    {
        string from = Graphs.SharedFiles.Find("models", "hf", name);
        using var folder = new TemporaryFolder();
        string to = folder.File("saved");
        HuggingFaceFolder.Open(from).Save(to, new Dictionary<string, float[]>());
        Assert.Equal(Files(from), Files(to));
        foreach (string file in Files(from))
        {
            if (!file.EndsWith(".safetensors", StringComparison.Ordinal))
            {
                Assert.Equal(File.ReadAllBytes(Path.Combine(from, file)), File.ReadAllBytes(Path.Combine(to, file)));
                continue;
            }

            var (before, after) = (SafeTensors.Read(Path.Combine(from, file)), SafeTensors.Read(Path.Combine(to, file)));
            Assert.Equal(before.Metadata, after.Metadata);
            Assert.Equal(before.Tensors.Keys.Order(StringComparer.Ordinal), after.Tensors.Keys.Order(StringComparer.Ordinal));
            Assert.All(before.Tensors, t => Same(t.Value, after.Tensors[t.Key]));
        }

        Assert.Equal(ChangedFolder.Imported(from).Program.ToString(), ChangedFolder.Imported(to).Program.ToString());
    }

    [Fact]
    public void OnlyWhatIsGivenIsReplacedInItsShardAndItsType()
    {
        using var folder = new TemporaryFolder();
        string from = Graphs.SharedFiles.Find("models", "hf", "llama_tied_sharded"), to = folder.File("saved");
        var opened = HuggingFaceFolder.Open(from);
        const string Name = "model.norm.weight";
        float[] values = [.. Enumerable.Range(0, opened.Tensors![Name].Count).Select(i => 0.1f * i)];
        opened.Save(to, new Dictionary<string, float[]> { [Name] = values });
        var after = HuggingFaceFolder.Open(to).Tensors!;
        Assert.Equal(values, after[Name].ToSingles());
        Assert.All(opened.Tensors.Where(t => t.Key != Name), t => Same(t.Value, after[t.Key]));
    }

    [Fact]
    public void NumbersAreRoundedToTheStoredType()
    {
        using var folder = new TemporaryFolder();
        var opened = HuggingFaceFolder.Open(Graphs.SharedFiles.Find("models", "hf", "qwen2_bf16"));
        const string Name = "model.norm.weight";
        float[] values = [1.00390625f, 1.01171875f, -3.14159274f, float.NaN, 1e-40f, 3.4e38f, .. new float[opened.Tensors![Name].Count - 6]];
        opened.Save(folder.Path, new Dictionary<string, float[]> { [Name] = values });
        var after = HuggingFaceFolder.Open(folder.Path).Tensors![Name];
        Assert.Equal(StoredType.BF16, after.Type);
        Assert.Equal([1f, 1.015625f, -3.140625f, float.NaN, 9.18355e-41f, float.PositiveInfinity], after.ToSingles()[..6]);
    }

    [Fact]
    public void EveryCopyOfATiedWeightIsWritten()
    {
        using var changed = new ChangedFolder("gpt2");
        changed.Stored(t => t["lm_head.weight"] = t["transformer.wte.weight"]);
        using var folder = new TemporaryFolder();
        var opened = HuggingFaceFolder.Open(changed.Folder);
        float[] values = Array.ConvertAll(opened.Tensors!["transformer.wte.weight"].ToSingles(), x => x + 1);
        opened.Save(folder.Path, new Dictionary<string, float[]> { ["transformer.wte.weight"] = values });
        var after = HuggingFaceFolder.Open(folder.Path).Tensors!;
        Assert.Equal(values, after["transformer.wte.weight"].ToSingles());
        Assert.Equal(values, after["lm_head.weight"].ToSingles());
    }

    [Fact]
    public void WeightsOfAnotherFolderAreNotMixed()
    {
        using var folder = new TemporaryFolder();
        folder.Write("model.safetensors", []);
        var refused = Assert.Throws<FolderException>(() => HuggingFaceFolder.Open(Graphs.SharedFiles.Find("models", "hf", "llama_tied_sharded")).Save(folder.Path, new Dictionary<string, float[]>()));
        Assert.Contains("weights of another folder (model.safetensors)", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherNumberOfElementsIsRefused()
    {
        using var folder = new TemporaryFolder();
        var refused = Assert.Throws<FolderException>(() => HuggingFaceFolder.Open(Graphs.SharedFiles.Find("models", "hf", "gpt2")).Save(folder.Path, new Dictionary<string, float[]> { ["transformer.ln_f.bias"] = [1] }));
        Assert.Contains("'transformer.ln_f.bias' is [32] of F32, and 1 numbers", refused.Message, StringComparison.Ordinal);
    }

    private static string[] Files(string folder) => [.. Directory.GetFiles(folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    private static void Same(StoredTensor before, StoredTensor after)
    {
        Assert.Equal(before.Type, after.Type);
        Assert.Equal(before.Shape, after.Shape);
        Assert.True(before.Bytes.Span.SequenceEqual(after.Bytes.Span));
    }
}
