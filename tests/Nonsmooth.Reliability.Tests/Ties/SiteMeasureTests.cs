using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Gradients;
using Nonsmooth.Reliability.Ties;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Tests.Ties;

public class SiteMeasureTests
{
    [Fact]
    public void Near_ties_are_within_units_of_the_format()
    {
        float step = MathF.BitIncrement(8) - 8;
        double[] x = [8, 8 + (2 * step), 8, 8 + (4 * step), 8, 8 + (5 * step), 8, 8];
        var program = Program.Trace(x => x.Max(1).Sum(), new Shape(4, 2));
        Assert.Equal((1, 2), Near(program, new TieOptions(), Precision.Float32, x));
        Assert.Equal((1, 1), Near(program, new TieOptions { NearUlps = 2 }, Precision.Float32, x));
        Assert.Equal((1, 0), Near(program, new TieOptions(), Precision.Float64, x));
        Assert.Equal((4, 0), Near(program, new TieOptions(), Precision.Float16, x));
        Assert.Equal((1, (long?)null), Near(program, new TieOptions { NearUlps = 0 }, Precision.Float32, x));

        // At a kink at 0 the unit is that of the mean magnitude, here 1.
        double[] y = [4, 1e-7, -1e-7, 1e-6];
        Assert.Equal((0, 2), Near(Program.Trace(x => Functions.Relu(x).Sum(), new Shape(4)), new TieOptions(), Precision.Float32, y));
    }

    [Fact]
    public void Subnormal_numbers_are_at_the_kink_where_they_are_flushed()
    {
        var relu = Program.Trace(x => Functions.Relu(x).Sum(), new Shape(4));
        double[] x = [1e-39, -1e-39, 1.2e-38, 1];
        Assert.Equal((0L, 0L), Flushed(relu, false, x));
        Assert.Equal((2L, 2L), Flushed(relu, true, x));

        // Normal numbers that differ by a subnormal one do not tie.
        double[] y = [MathF.BitIncrement(1.2e-38f), 1.2e-38f, 1e-39, 2e-39];
        Assert.Equal((1L, 2L), Flushed(Program.Trace(x => x.Max(1).Sum(), new Shape(2, 2)), true, y));

        static (long, long) Flushed(Program program, bool flush, double[] x)
        {
            var report = Census(program, Precision.Float32, 0, [x], new TieOptions { FlushToZero = flush });
            Assert.Equal(flush, report.FlushToZero);
            return (report.Sites[0].Ties, report.Sites[0].Zeros);
        }
    }

    [Fact]
    public void A_large_tensor_is_counted_by_all_threads_alike()
    {
        const int count = 1_000_003;
        double[] x = [.. Enumerable.Range(0, count).Select(i => i % 7 == 0 ? 0 : i % 11 - 5.5)];
        var site = Census(Program.Trace(x => (Functions.Relu(x) * x).Sum(), new Shape(count)), Precision.Float32, 0, x).Sites[0];
        long zeros = (count + 6) / 7;
        Assert.Equal((zeros, zeros, (long?)0), (site.Ties, site.Zeros, site.Active));
    }

    private static (long Ties, long? Near) Near(Program program, TieOptions options, Precision precision, double[] x)
    {
        var site = Census(program, precision, 0, [x], options).Sites[0];
        return (site.Ties, site.NearTies);
    }

    private static TieReport Census(Program program, Precision precision, int largest, params double[][] inputs) =>
        Census(program, precision, largest, inputs, new TieOptions());

    internal static TieReport Census(Program program, Precision precision, int largest, double[][] inputs, TieOptions options)
    {
        using var subject = new FixedSubject(program, [program.Inputs[0].Name], inputs);
        return TieCensus.Run(subject, options with { Precision = precision, Largest = largest, Selection = Selection.Default });
    }
}
