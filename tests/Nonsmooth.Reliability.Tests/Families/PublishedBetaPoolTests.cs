using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Families;
using Nonsmooth.Reliability.Gradients;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Tests.Families;

public class PublishedBetaPoolTests
{
    // 0.4 is no number of the format, so its products by β and 1 − β are rounded.
    private static readonly double[] _planes = [0.4, 0.4, 0.1, 0.4, 0.3, 0.2, 0.3, 0.1];

    private static readonly Program _pooled = Program.Trace((x, w) => Functions.MaxPool2d(x * w, 2).Sum(), new Shape(1, 2, 2, 2), new Shape(1, 2, 2, 2));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(1000)]
    public void In_64_bits_it_is_the_beta_rule_but_for_rounding(double beta)
    {
        var (loss, gradient) = Published(beta, Precision.Float64);
        var (exactLoss, exact) = Exact(beta, Precision.Float64);
        Assert.Equal(exactLoss, loss, 12);
        for (int i = 0; i < gradient.Length; i++)
        {
            Assert.Equal(exact[i], gradient[i], 1e-15 * beta + 1e-15);
        }
    }

    [Fact]
    public void In_16_bits_its_value_is_not_the_maximum()
    {
        double native = Exact(0, Precision.Float16).Loss;
        Assert.Equal(native, Exact(1000, Precision.Float16).Loss);
        Assert.NotEqual(native, Published(1000, Precision.Float16).Loss);
        Assert.Equal(native, Published(1, Precision.Float16).Loss);
    }

    [Fact]
    public void At_10_to_the_4_a_maximum_above_six_and_a_half_overflows()
    {
        Assert.True(double.IsNaN(Published(1e4, Precision.Float16, 20).Loss));
        Assert.True(double.IsFinite(Published(1e4, Precision.Float32, 20).Loss));
    }

    [Fact]
    public void A_program_without_pooling_is_refused() => Assert.Throws<NonsmoothException>(
        () => PublishedBetaPool.Rewrite(Program.Trace((x, w) => (x * w).Sum(), Shape.Scalar, Shape.Scalar), 1));

    private static (double Loss, double[] Gradient) Published(double beta, Precision precision, double scale = 1)
    {
        var rewritten = PublishedBetaPool.Rewrite(_pooled, beta);
        return Run(rewritten, PublishedBetaPool.Selection(rewritten), precision, scale);
    }

    private static (double Loss, double[] Gradient) Exact(double beta, Precision precision) =>
        Run(_pooled, Selection.Default with { MaxPoolTies = TieRule.Beta(beta) }, precision, 1);

    private static (double Loss, double[] Gradient) Run(Program objective, Selection selection, Precision precision, double scale)
    {
        using var runner = new GradientRunner(objective, ["w"], selection, precision);
        using var subject = new FixedSubject(objective, ["w"], _planes, _planes.Select(_ => scale).ToArray());
        var gradient = runner.Run(subject.Inputs(0, 0));
        return (gradient.Loss, gradient.Tensors[0]);
    }
}
