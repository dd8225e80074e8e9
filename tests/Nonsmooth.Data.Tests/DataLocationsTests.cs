using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Data.Tests;

public sealed class DataLocationsTests
{
    [Fact]
    public void LooksInOptionThenEnvironmentThenCache()
    {
        var locations = new DataLocations { Cache = "c", Option = "a", Environment = "b" };
        Assert.Equal(
            [Path.Combine("a", "mnist"), "a", Path.Combine("b", "mnist"), "b", Path.Combine("c", "mnist"), "c"],
            locations.Candidates("mnist"));
        Assert.Empty(DataLocations.None.Candidates("mnist"));
        Assert.Empty(new DataLocations { Environment = " " }.Candidates("mnist"));
    }

    [Fact]
    public void FindsTheFirstThatExists()
    {
        using var folder = new TemporaryFolder();
        var (first, second) = (folder.Subfolder("first"), folder.Subfolder("second"));
        File.WriteAllText(Path.Combine(second, "x"), "");
        var locations = new DataLocations { Option = first, Cache = second };
        Assert.Equal(Path.Combine(second, "x"), locations.Find("mnist", "y", "x"));
        Directory.CreateDirectory(Path.Combine(first, "mnist"));
        File.WriteAllText(Path.Combine(first, "mnist", "x"), "");
        Assert.Equal(Path.Combine(first, "mnist", "x"), locations.Find("mnist", "y", "x"));
        Assert.Null(locations.Find("mnist", "z"));
    }
}
