using Nonsmooth.Pretrained.Archives;
using Nonsmooth.Pretrained.Graphs;

namespace Nonsmooth.Pretrained.Tests.Graphs;

/// <summary>Networks as <c>torch.export.save</c> writes them: outputs, states afterwards, the loss and every gradient are PyTorch's.</summary>
public sealed class RecordedArchiveTests(ITestOutputHelper output)
{
    public static TheoryData<string> Archives => SharedFiles.Archives("models", "pt2");

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Archives))]
    public void OutputsAndGradientsAreThoseRecorded(string file)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        string path = SharedFiles.Find("models", "pt2", file);
        var result = RecordedArchive.Run(path, Path.ChangeExtension(path, ".npz"), name == "while" ? ["n"] : []);
        output.WriteLine($"{name}: {string.Join(", ", result.Equal.Select(e => $"{e.Value} {e.Key}"))} equal of {result.Recorded}; {result.Imported.Program.Nodes.Count} nodes");
        foreach (var note in result.Imported.Notes)
        {
            output.WriteLine($"  {note.Kind} {note.Node}: {note.Text}");
        }

        Assert.Empty(result.Differences);
        Assert.Equal(result.Recorded, result.Equal.Values.Sum());
        Assert.True(result.Equal["grad"] > 0);
        Assert.Equal("libtorch-2.10", result.Imported.Convention.Name);
    }

    [Fact]
    public void TiedWeightsAreOne()
    {
        var imported = ArchiveImport.Import(ArchiveFile.Read(SharedFiles.Find("models", "pt2", "gpt.pt2")));
        Assert.Equal(["head.weight"], imported.Weights.Single(w => w.Name == "wte.weight").Tied);
        Assert.DoesNotContain(imported.Weights, w => w.Name == "head.weight");
    }

    [Fact]
    public void ALoopOnAnUnknownNumberSaysWhatToGive()
    {
        var archive = ArchiveFile.Read(SharedFiles.Find("models", "pt2", "while.pt2"));
        Assert.Contains("as a value", Assert.Throws<ArchiveException>(() => ArchiveImport.Import(archive)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherShapeThanTheArchiveIsForIsRefused()
    {
        var archive = ArchiveFile.Read(SharedFiles.Find("models", "pt2", "lenet.pt2"));
        var shapes = new Dictionary<string, IReadOnlyList<int>> { ["image"] = [7, 1, 5, 5] };
        Assert.Contains("'image'", Assert.Throws<ArchiveException>(() => ArchiveImport.Import(archive, new() { Shapes = shapes })).Message, StringComparison.Ordinal);
    }
}
