using Nonsmooth.Cli.Costs;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Cli.Tests.Costs;

public sealed class ModuleTableTests
{
    public static TheoryData<string> Networks => [.. Models.All.Select(row => row.Name)];

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Networks))]
    public void EveryNetworkReadsAtAGlance(string network)
    {
        var sheet = Sheet(network, null);
        Assert.InRange(sheet.Modules.Count(r => !r.IsFree), 4, 25);
        Assert.Equal(sheet.Nodes.Sum(r => r.Total), sheet.Modules.Sum(r => r.Total));
        Assert.Equal(sheet.Parameters, sheet.Modules.Sum(r => r.Parameters));
        Assert.Equal(sheet.Modules.Count, sheet.Modules.Select(r => r.Name).Distinct().Count());
    }

    [Fact]
    public void LayersWithoutProductsGoToTheLayerBeforeThem() => Assert.Equal(
        ["features.0–3", "features.4–7", "features.8–10"],
        Sheet("vgg11-bn", null).Modules.Take(3).Select(r => r.Name));

    [Fact]
    public void NeighboursGoTogetherWhereThereAreMany() => Assert.Contains(
        Sheet("gpt2-medium", null).Modules, r => r.Name == "h.22–23" && r.Output == "1×1024×1024");

    [Theory]
    [InlineData(1, "conv1")]
    [InlineData(2, "conv1.conv2d")]
    public void ADepthIsKept(int depth, string first) =>
        Assert.Equal(first, Sheet("lenet5", depth).Modules[0].Name);

    private static CostSheet Sheet(string name, int? depth)
    {
        var network = Models.Find(name);
        return CostSheet.Of(network, network.Build(1), 1, depth, CostExtras.None);
    }
}
