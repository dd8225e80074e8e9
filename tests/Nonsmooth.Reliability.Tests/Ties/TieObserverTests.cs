using Nonsmooth.Checkpointing;
using Nonsmooth.Dictionary;
using Nonsmooth.Differentiation;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Ties;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Tests.Ties;

public class TieObserverTests
{
    // Window by window: 3 twice; 4 alone; 0 four times behind a ReLU; 1 alone. The weights stop the cotangent of the first.
    private static readonly double[] _image = [1, 3, 4, 0.5, 3, 2, 0.25, 0.75, -1, -2, 1, -3, -0.0, 0, -1, 0.5];

    [Theory]
    [InlineData(Precision.Float32)]
    [InlineData(Precision.Float64)]
    [InlineData(Precision.BFloat16)]
    [InlineData(Precision.Float16)]
    public void Counts_places_ties_zeros_and_what_a_cotangent_reaches(Precision precision)
    {
        var report = Census(Pooled(), precision, 2, _image, [0, 1, 5, 7]);
        Assert.Equal(new TieCount("relu", "relu", 16, 2, 16, 2, 0, 0), report.Sites[0]);
        Assert.Equal(new TieCount("max_pool2d", "max_pool2d", 4, 2, 16, 6, 0, 1), report.Sites[1]);
        Assert.Equal((1, precision), (report.Runs, report.Precision));

        // The window of zeros got 5 and gave it to its first element, which the ReLU cut off: no kink there.
        var pool = Assert.Single(report.Largest);
        Assert.Equal("max_pool2d", pool.Site);
        Assert.Equal([0, 0, 1, 0], pool.Index);
        Assert.Equal((0.0, 5.0), (pool.Value, pool.Cotangent));
        Assert.Equal(0.5, report.Total("max_pool2d").TiedPart);
        Assert.Equal(20, report.Total().Places);
    }

    [Theory]
    [InlineData("maximum")]
    [InlineData("max")]
    [InlineData("abs")]
    [InlineData("norm")]
    [InlineData("sort")]
    [InlineData("topk")]
    [InlineData("median")]
    [InlineData("cummax")]
    [InlineData("norm_pool2d")]
    [InlineData("hardtanh")]
    [InlineData("leaky_relu")]
    [InlineData("elu")]
    [InlineData("hardswish")]
    public void Finds_the_cotangent_of_every_function(string name)
    {
        Func<Variable, Variable> function = name switch
        {
            "maximum" => x => Functions.Maximum(x, x * x),
            "max" => x => x.Max(1),
            "abs" => Functions.Abs,
            "norm" => x => x.Norm(2, 1),
            "sort" => x => x.Sort(1).Values,
            "topk" => x => x.TopK(2, 1).Values,
            "median" => x => x.Median(1).Value,
            "cummax" => x => x.CumulativeMaximum(1).Values,
            "norm_pool2d" => x => Functions.NormPool2d(x.Reshape(new Shape(1, 1, 4, 4)), 2),
            "leaky_relu" => x => Functions.LeakyRelu(Functions.Softplus(x) * x, 0.1),
            "elu" => x => Functions.Elu(x),
            "hardswish" => Functions.Hardswish,
            _ => x => Functions.Hardtanh(x),
        };
        var probe = Program.Trace(x => function(x), new Shape(4, 4));
        var weights = probe.Types[probe.Outputs[0].Value].Shape;

        // Everything is tied, and all weights but two are 0.
        double[] w = new double[weights.Elements];
        (w[0], w[^1]) = (2, -3);
        double at = name is "maximum" or "hardtanh" ? 1 : name == "hardswish" ? 3 : 0;
        double[] x = [.. Enumerable.Repeat(at, 16)];
        var program = Program.Trace((x, w) => (function(x) * w).Sum(), new Shape(4, 4), weights);
        var site = Assert.Single(Census(program, Precision.Float32, 1, x, w).Sites);
        Assert.Equal(name, site.Function);
        long untied = name == "cummax" ? 4 : 0;
        Assert.Equal((weights.Count64, weights.Count64 - untied), (site.Places, site.Ties));
        Assert.Equal(name == "cummax" ? 1 : 2, site.Active);
    }

    [Fact]
    public void Reports_add_up_and_an_observer_can_begin_anew()
    {
        var program = Pooled();
        var one = Census(program, Precision.Float32, 3, _image, [0, 1, 5, 7]);
        var two = Census(program, Precision.Float32, 3, _image, [9, 1, 5, 7]);
        var both = one.Add(two);
        Assert.Equal((2, 8L, 3L), (both.Runs, both.Sites[1].Places, both.Sites[1].Active!.Value));
        Assert.Equal((1, 9.0, 3.0), (both.Largest[0].Run, both.Largest[0].Cotangent, both.Largest[0].Value));
        Assert.Throws<NonsmoothException>(() => one.Add(Census(program, Precision.Float64, 0, _image, [0, 1, 5, 7])));
        Assert.Throws<NonsmoothException>(() => new TieObserver(program, program, Precision.Float32, new TieOptions { NearUlps = double.NaN }));
    }

    [Fact]
    public void What_is_computed_again_to_save_memory_is_counted_once()
    {
        var program = Program.Trace(
            x =>
            {
                for (int i = 0; i < 8; i++)
                {
                    using (x.Builder.Scope($"layer{i}"))
                    {
                        x = Functions.Softplus(Functions.LeakyRelu(x - 0.5, 0.1)) - 0.2;
                    }
                }

                return (x * x).Sum();
            },
            new Shape(4));
        var options = new BackpropOptions();
        var plan = CheckpointPlan.Revolve(SegmentChain.Of(program, options), 1);
        Assert.True(plan.Recomputed.Total > 0);
        var kept = Count(program.Backprop(options));
        Assert.Equal(8, kept.Sites.Count);
        Assert.Equal((1, (long?)1), (kept.Sites[0].Ties, kept.Sites[0].Active));
        Assert.Equal(kept.Sites, Count(Checkpointer.Apply(program, options, plan)).Sites);

        static TieReport Count(Program gradient)
        {
            using var compiled = new LibTorchExecutor().Compile(gradient);
            using var observer = new TieObserver(gradient, compiled.Program, Precision.Float32);
            compiled.Observer = observer.Observe;
            using var x = LibTorch.Tensors.TorchTensor.FromSpan<float>([0.5f, -1, 2, 0], [4]);
            compiled.Run(x);
            return observer.Report;
        }
    }

    [Fact]
    public void A_site_without_backprop_has_no_active_ties()
    {
        var program = Program.Trace(x => Functions.Relu(x).Sum(), new Shape(2));
        using var compiled = new LibTorchExecutor().Compile(program);
        using var observer = new TieObserver(program, compiled.Program, Precision.Float32);
        compiled.Observer = observer.Observe;
        using var x = LibTorch.Tensors.TorchTensor.FromSpan<float>([0, 1], [2]);
        compiled.Run(x);
        Assert.Null(observer.Report.Sites[0].Active);
        Assert.Equal(1, observer.Report.Sites[0].Ties);
        observer.Clear();
        Assert.Equal((0, 0L), (observer.Report.Runs, observer.Report.Sites[0].Places));
    }

    private static Program Pooled() => Program.Trace(
        (x, w) => (Functions.MaxPool2d(Functions.Relu(x), 2) * w).Sum(), new Shape(1, 1, 4, 4), new Shape(1, 1, 2, 2));

    private static TieReport Census(Program program, Precision precision, int largest, params double[][] inputs) =>
        SiteMeasureTests.Census(program, precision, largest, inputs, new TieOptions());
}
