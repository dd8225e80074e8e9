using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Gradients;
using Nonsmooth.Reliability.Ties;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Tests.Ties;

public class TieOriginsTests
{
    // Equal pairs, ones that only a format of few bits makes equal, and different ones.
    [Theory]
    [InlineData(Precision.Float16, 2, 2)]
    [InlineData(Precision.BFloat16, 2, 3)]
    [InlineData(Precision.Float32, 2, 1)]
    [InlineData(Precision.Float64, 2, 0)]
    public void Ties_of_the_program_and_of_the_format_are_told_apart(Precision precision, long kept, long made)
    {
        double[] x = [1, 0.5, 1, 1, 1, 3];
        double[] y = [1, 0.5, 1 + 1e-9, 1 + 1e-4, 1 + 2e-3, 4];
        using var subject = new FixedSubject(
            Program.Trace((x, y) => Functions.Maximum(x, y).Sum(), new Shape(6), new Shape(6)), ["x"], x, y);
        var report = TieOrigins.Run(subject, new TieOptions { Precision = precision });
        var site = Assert.Single(report.Sites);
        Assert.Equal(new TieOrigin(site.Site, "maximum", 6, kept, made, 0), site);
        Assert.Equal((kept + made, kept), (report.Total.Ties, report.Total.WideTies));
        Assert.Equal(made / (double)(kept + made), report.Total.MadePart);
    }

    [Fact]
    public void A_tie_that_the_format_loses_is_counted_apart()
    {
        // (u + 1) − 1 is u in 64 bits and 0 in 32.
        double u = Math.Pow(2, -30);
        using var subject = new FixedSubject(
            Program.Trace((x, y, z) => Functions.Maximum(x + z - z, y).Sum(), new Shape(2), new Shape(2), new Shape(2)),
            ["x"], new[] { u, 0.5 }, new[] { u, 0 }, new double[] { 1, 1 });
        var total = TieOrigins.Run(subject, new TieOptions { Precision = Precision.Float32 }).Total;
        Assert.Equal((0, 0, 1), (total.Kept, total.Made, total.Lost));
    }

    [Fact]
    public void Counts_of_runs_and_sites_add_up()
    {
        using var subject = new FixedSubject(
            Program.Trace((x, y) => (Functions.Relu(x) + Functions.Maximum(x, y)).Sum(), new Shape(3), new Shape(3)), ["x"], new double[] { 0, 1, 2 }, new double[] { 0, 1, 3 });
        var report = TieOrigins.Run(subject, new TieOptions { Precision = Precision.BFloat16, Draws = 2 });
        Assert.Equal(2, report.Runs);
        Assert.Equal([2L, 4L], report.Sites.Select(s => s.Kept));
        Assert.Equal(12, report.Total.Places);
    }

    [Fact]
    public void More_batches_than_there_are_are_refused()
    {
        using var subject = new FixedSubject(Program.Trace(x => Functions.Relu(x).Sum(), new Shape(1)), ["x"], new double[] { 1 });
        Assert.Contains("there are 1", Assert.Throws<NonsmoothException>(() => TieOrigins.Run(subject, new TieOptions { Batches = 2 })).Message);
    }
}
