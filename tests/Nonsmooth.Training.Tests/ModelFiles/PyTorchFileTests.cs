using Nonsmooth.Data.Arrays;
using Nonsmooth.Tests.Shared;
using Nonsmooth.Training.ModelFiles;
using Nonsmooth.Training.Running;

namespace Nonsmooth.Training.Tests.ModelFiles;

/// <summary>PyTorch's archives and HuggingFace's folders as model files: held against recordings by libtorch, and saved with other weights.</summary>
public sealed class PyTorchFileTests
{
    [Theory]
    [InlineData("resnet_train", 35)]
    [InlineData("qdq4", 6)]
    [InlineData("while", 6)]
    [InlineData("gpt", 30)]
    public void ArchivesHoldAgainstTheirRecordings(string name, int tensors)
    {
        string path = Path.Combine(SharedData.FolderOrSkip("models"), "models", "pt2", $"{name}.pt2");
        var comparison = Compared(path, Path.ChangeExtension(path, ".npz"));
        Assert.Equal(tensors, comparison.Tensors.Count);
        Assert.All(comparison.Tensors, t => Assert.True(t.Holds, $"{t.Name}: {t.Difference} of {t.Allowed}"));
    }

    [Theory]
    [InlineData("gpt2", 31)]
    [InlineData("qwen3", 27)]
    public void FoldersHoldAgainstTheirRecordings(string name, int tensors)
    {
        string path = Path.Combine(SharedData.FolderOrSkip("models"), "models", "hf", name);
        var comparison = Compared(path, path + ".npz");
        Assert.Equal(tensors, comparison.Tensors.Count);
        Assert.All(comparison.Tensors, t => Assert.True(t.Holds, $"{t.Name}: {t.Difference} of {t.Allowed}"));
    }

    [Fact]
    public void AnArchiveIsSavedWithOtherWeightsAndNothingElse()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(SharedData.FolderOrSkip("models"), "models", "pt2", "gpt.pt2"), to = Path.Combine(folder.Path, "other.pt2");
        var file = ModelFormat.Of(path)!.Open(path);
        var before = file.Bind(new Binding());
        float[] table = Array.ConvertAll((float[])before.Weights[0].Elements, x => x + 1);
        file.Save(to, new Dictionary<string, float[]> { [before.Weights[0].Name] = table }, null);
        var after = ModelFormat.Of(to)!.Open(to).Bind(new Binding());
        Assert.Equal(before.Weights.Select(w => w.Name), after.Weights.Select(w => w.Name));
        Assert.Equal(table, after.Weights[0].Elements);
        Assert.All(before.Weights.Zip(after.Weights).Skip(1), w => Assert.Equal(w.First.Elements, w.Second.Elements));
    }

    [Fact]
    public void AFolderIsSavedBitForBit()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(SharedData.FolderOrSkip("models"), "models", "hf", "llama_tied_sharded"), to = Path.Combine(folder.Path, "saved");
        ModelFormat.Of(path)!.Open(path).Save(to, new Dictionary<string, float[]>(), null);
        var binding = new Binding { Shapes = new Dictionary<string, IReadOnlyList<int>> { ["input_ids"] = [1, 4] } };
        var (before, after) = (ModelFormat.Of(path)!.Open(path).Bind(binding), ModelFormat.Of(to)!.Open(to).Bind(binding));
        Assert.Equal(before.Weights.Select(w => w.Name), after.Weights.Select(w => w.Name));
        Assert.All(before.Weights.Zip(after.Weights), w => Assert.Equal(w.First.Elements, w.Second.Elements));
        Assert.Equal(File.ReadAllText(Path.Combine(path, "config.json")), File.ReadAllText(Path.Combine(to, "config.json")));
    }

    private static ModelComparison Compared(string path, string recording)
    {
        var binding = new Binding { Arrays = Numpy.Read(recording) };
        return ModelComparison.Of(NetworkBinding.Bind(path, binding), binding, new Dictionary<string, string>(), null, new ModelRunOptions());
    }
}
