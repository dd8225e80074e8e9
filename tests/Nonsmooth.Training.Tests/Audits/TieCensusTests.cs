using Nonsmooth.Data;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Reliability.Ties;
using Nonsmooth.Training.Audits;
using Nonsmooth.Training.Networks;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Training.Tests.Audits;

public class TieCensusTests
{
    // Source: reliability specification, 0.4 and F4: structural ties, 54 ± 5 % at every precision. One draw alone is between
    // 48 and 55 %, so it is the mean of a dozen that is compared.
    [Trait("Speed", "Slow")]
    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Float64)]
    public void Half_of_lenets_windows_are_tied_on_mnist_at_initialisation(Precision precision)
    {
        var data = Datasets.Load("mnist", new DatasetOptions { Locations = new DataLocations { Option = SharedData.FolderOrSkip("mnist") } });
        using var subject = new NetworkSubject(Lenet5.Create(), data.Test, new() { Batch = 128 });
        var report = TieCensus.Run(subject, new TieOptions { Precision = precision, Draws = 12, Batches = 2 });
        var pools = report.Total("max_pool2d");
        Assert.Equal(24, report.Runs);
        Assert.InRange(pools.TiedPart, 0.49, 0.59);
        Assert.InRange(pools.Active!.Value, 1, pools.Ties);
        TestContext.Current.TestOutputHelper?.WriteLine($"{precision}: {100 * pools.TiedPart:F2} % tied, {pools.Active} of {pools.Ties} active, {pools.NearTies} nearly");
    }
}
