using Nonsmooth.Data;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Reliability.Families;
using Nonsmooth.Reliability.Gradients;
using Nonsmooth.Selections;
using Nonsmooth.Training.Audits;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Studies;

namespace Nonsmooth.Training.Tests.Studies;

public class SplitSumsTests
{
    private static readonly DataSplit _raw = RawPixels.Of(Datasets.Load("strokes", new DatasetOptions { TrainCount = 256, TestCount = 1 }).Train);

    [Theory]
    [InlineData(64)]
    [InlineData(100)]
    public void The_function_is_the_same_and_the_rounding_is_not(int block)
    {
        using var subject = Subject();
        var split = SplitSums.Rewrite(subject.Objective, block);
        Gradient Of(Programs.Program objective, Precision precision)
        {
            using var runner = new GradientRunner(objective, subject.Parameters, Selection.Default, precision);
            return runner.Run(subject.Inputs(0, 0));
        }

        Assert.InRange(GradientDistance.Between(Of(subject.Objective, Precision.Float64), Of(split, Precision.Float64)).Relative, 1e-18, 1e-13);
        Assert.InRange(GradientDistance.Between(Of(subject.Objective, Precision.Float32), Of(split, Precision.Float32)).Relative, 1e-9, 1e-4);
    }

    // The zeros of one draw in binary16 depend on the order of sums: what the study's rows "sums in blocks" show.
    [Fact]
    public void Which_arguments_are_exactly_at_the_kink_depends_on_the_order_of_sums()
    {
        using var subject = new NetworkSubject(Models.Find("mlp:784-32-32-32-10", _raw.Shape), _raw, new() { Batch = 32, Draw = DrawKind.Published });
        var split = new RewrittenSubject(subject, SplitSums.Rewrite(subject.Objective, 16));
        using var own = new KinkScreen(subject.Objective, Precision.Float16);
        using var other = new KinkScreen(split.Objective, Precision.Float16);
        var counts = Enumerable.Range(0, subject.Batches).Select(b => (Own: own.Count(subject.Inputs(0, b)), Other: other.Count(split.Inputs(0, b)))).ToList();
        Assert.Contains(counts, c => c.Own != c.Other);
        Assert.True(counts.Sum(c => c.Own) > 0 && counts.Sum(c => c.Other) > 0);
    }

    [Fact]
    public void A_network_without_such_sums_is_refused()
    {
        using var subject = Subject();
        Assert.Contains("784", Assert.Throws<NonsmoothException>(() => SplitSums.Rewrite(subject.Objective, 784)).Message);
        Assert.Throws<NonsmoothException>(() => SplitSums.Rewrite(subject.Objective, 0));
    }

    private static NetworkSubject Subject() =>
        new(Models.Find("mlp:784-128-128-10", _raw.Shape), _raw, new() { Batch = 64, Draw = DrawKind.Published });
}
