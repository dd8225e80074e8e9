namespace Nonsmooth.Data.Tests;

public sealed class DatasetsTests
{
    [Fact]
    public void LoadsWhatNeedsNoFile()
    {
        foreach (var row in Datasets.All.Where(row => !row.NeedsFiles))
        {
            Assert.Equal(row.Name, Datasets.Load(row.Name, new DatasetOptions { TrainCount = 5, TestCount = 3 }).Name);
        }
    }

    [Fact]
    public void NamesTheChoicesForAnUnknownName()
    {
        var e = Assert.Throws<NonsmoothException>(() => Datasets.Load("mnits"));
        Assert.StartsWith("no data set 'mnits'; did you mean mnist? Known: strokes, blobs, mnist, cifar10, shakespeare-char, shakespeare-bpe, food101, imagenet, e2e, images:FOLDER, FILE.npz, text:FILE, characters:FILE", e.Message, StringComparison.Ordinal);
    }
}
