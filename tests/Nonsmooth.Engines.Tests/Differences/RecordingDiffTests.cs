using Nonsmooth.Engines.Conformance;
using Nonsmooth.Engines.Differences;
using Nonsmooth.Engines.Recordings;
using Nonsmooth.Engines.Tests.Recordings;
using Nonsmooth.Selections;

namespace Nonsmooth.Engines.Tests.Differences;

public class RecordingDiffTests
{
    [Fact]
    public void Pytorch214ChangedClampFmaxFminQuantileAndTwoNaNs()
    {
        var folder = RealRecordings.Folder;
        var diff = RecordingDiff.Between(folder.Open("pytorch-2.13"), folder.Open("pytorch-2.14"), RealRecordings.List);
        Assert.Equal(
            ["clip", "clip_by_norm.min", "clip_tensor", "fmax.xy", "fmin", "identity.fmax_x_x", "normalize", "quantile"],
            diff.Causes.Select(c => c.Operation).Order());
        Assert.Equal(27, diff.Causes.Sum(c => c.Spellings.Count));
        Assert.Contains(diff.Causes, c => c.Line.StartsWith("clip: reverse 1 → 0", StringComparison.Ordinal));
        Assert.All(diff.Causes, c => Assert.True(c.Line.Length < 250));
        Assert.Empty(diff.Answerable);
    }

    [Fact]
    public void ARecordingDoesNotDifferFromItself()
    {
        var warp = RealRecordings.Folder.Open("warp-1.19");
        Assert.Empty(RecordingDiff.Between(warp, warp, RealRecordings.List).Cells);
    }

    [Theory]
    [InlineData("pytorch-2.14", 240)]
    [InlineData("warp-1.19", 140)]
    public void ASelectionComesFromARecording(string name, int explained)
    {
        _ = RealRecordings.Folder;
        var recorded = Selection.FromRecording(Path.Combine(Nonsmooth.Tests.Shared.SharedData.FolderOrSkip("engines"), "engines", name + RecordingFile.Ending));
        Assert.True(recorded.Explained.Count >= explained, $"{recorded.Explained.Count}");
        Assert.Equal(name == "warp-1.19" ? TieRule.Last : TieRule.Average, recorded.Selection.MaximumTies);
        Assert.Equal(name == "warp-1.19" ? KinkRule.Right : 0, recorded.Selection.ClampAtBounds);
        Assert.All(recorded.Unexplained, u => Assert.Contains("the selection gives", u.Example, StringComparison.Ordinal));
    }
}
