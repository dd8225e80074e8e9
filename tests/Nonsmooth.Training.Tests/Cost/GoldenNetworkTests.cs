using Nonsmooth.Cost;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Tests.Cost;

public sealed class GoldenNetworkTests
{
    // Specification 7.5: batch 1, every parameter trainable, no gradient of the input.
    [Theory]
    [InlineData("vgg11", null, 132_863_336, 7_609_090_048, 7_315_399_424, 15_131_475_968, 7_434_240, 4_591_104, 12_187_112)]
    [InlineData("vgg11-cifar", null, 9_225_610, 152_769_536, 114_325_248, 303_769_600, 151_552, 93_696, 248_330)]
    [InlineData("resnet18", null, 11_689_512, 1_814_073_344, 1_680_390_912, 3_510_132_736, 2_308_096, 1_605_632, 5_555_560)]
    [InlineData("resnet18", 10, 11_181_642, 1_813_566_464, 1_679_884_032, 3_509_118_976, 2_308_096, 1_605_632, 5_554_570)]
    [InlineData("resnet18-cifar", null, 11_173_962, 555_422_720, 481_859_328, 1_109_075_968, 557_056, 0, 1_184_650)]
    [InlineData("gpt2", null, 124_439_808, 145_824_153_600, 145_824_153_600, 291_648_307_200, 0, 0, 204_229_632)]
    public void EveryRowOfTheTableIsExact(
        string network, int? classes, long parameters, long dense, long effective, long backward, long relu, long pool, long saved)
    {
        var report = CostAnalysis.Analyze(Models.Find(network, classes: classes).Build(1).Objective);

        Assert.Empty(report.Uncounted);
        Assert.Equal(parameters, report.Parameters);
        Assert.Equal(dense, report.Forward.MultiplyAdds.Dense);
        Assert.Equal(effective, report.Forward.MultiplyAdds.Effective);
        Assert.Equal(backward, report.Backward.MultiplyAdds.Dense);
        Assert.Equal(relu, report.ReluElements);
        Assert.Equal(pool, report.PoolComparisons);
        Assert.Equal(saved, report.SavedWords);
    }

    [Theory]
    [InlineData("resnet18")]
    [InlineData("densenet121")]
    [InlineData("vit-b-16")]
    [InlineData("gpt2")]
    public void CountingAllocatesLessThanTwentyMegabytes(string name)
    {
        var network = Models.Find(name);
        CostAnalysis.Analyze(network.Build(1).Objective);
        long before = GC.GetAllocatedBytesForCurrentThread();
        CostAnalysis.Analyze(network.Build(1).Objective);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(bytes < 20_000_000, $"{name}: {bytes} bytes");
    }

    [Fact]
    public void ModulesAndNodesSumToTheTotals()
    {
        var report = CostAnalysis.Analyze(Models.Find("resnet18-cifar").Build(2).Objective);
        foreach (int depth in new[] { 1, 2, 3 })
        {
            var modules = report.Modules(depth);
            Assert.Equal(report.Forward, modules.Aggregate(Work.Zero, (sum, m) => sum + m.Forward));
            Assert.Equal(report.Backward, modules.Aggregate(Work.Zero, (sum, m) => sum + m.Backward));
            Assert.Equal(report.SavedWords, modules.Sum(m => m.SavedWords));
            Assert.Equal(report.Nodes.Count, modules.Sum(m => m.Nodes));
        }
    }
}
