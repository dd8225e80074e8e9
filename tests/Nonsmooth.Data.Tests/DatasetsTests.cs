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
    public void NamesTheNearestForAnUnknownName()
    {
        var e = Assert.Throws<NonsmoothException>(() => Datasets.Load("mnits"));
        Assert.StartsWith("no data set 'mnits': did you mean mnist?", e.Message, StringComparison.Ordinal);
    }
}
