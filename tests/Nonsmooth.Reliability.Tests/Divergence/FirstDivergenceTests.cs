using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;
using Nonsmooth.Reliability.Divergence;
using Nonsmooth.Reliability.Gradients;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Tests.Divergence;

public sealed class FirstDivergenceTests : IDisposable
{
    private readonly FixedSubject _subject;
    private readonly Program _gradient = GradientRunner.Of(Planted.Objective, Planted.Parameters, Selection.Default);

    public FirstDivergenceTests()
    {
        var random = new CounterRandom(3).Sequence();

        // Coarse numbers, so that windows tie and clamps are at their bounds.
        double[] Coarse(int count, double step) => [.. Enumerable.Range(0, count).Select(_ => step * Math.Round(2 * random.NextNormal()))];
        double[] Fine(int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextNormal() / 3)];
        _subject = new FixedSubject(Planted.Objective, Planted.Parameters, Coarse(1152, 1), Coarse(36, 0.5), Coarse(144, 0.5), Fine(80));
    }

    public static TheoryData<string, string> Plants => new()
    {
        { "tie", "max_pool2d.vjp.max_pool2d_scatter" }, { "tie", "max_pool2d_2.vjp.max_pool2d_scatter" },
        { "cast", "matmul" }, { "cast", "mul" }, { "cast", "mean" }, { "cast", "sum" }, { "cast", "add" }, { "cast", "mul.vjp.mul" },
        { "cast", "matmul.vjp.matmul" }, { "cast", "conv2d_2.vjp.conv_transpose2d" }, { "cast", "conv2d.vjp.conv2d_weight" },
        { "sum", "mean" }, { "cast", "transpose.vjp.transpose" },
        { "clamp", "clamp" }, { "clamp", "clamp_2" },
        { "bound", "clamp.vjp.gate" }, { "bound", "clamp_2.vjp.gate" }, { "kink", "relu.vjp.gate" }, { "upper kink", "clamp.vjp.gate" },
        { "constant", "mean.vjp.scale" },
    };

    [Theory]
    [MemberData(nameof(Plants))]
    public void A_planted_change_is_where_the_runs_part(string kind, string node)
    {
        var changed = Plant(kind, node);
        var report = FirstDivergence.Find(_gradient, changed, _subject.Inputs(0, 0));
        Assert.Equal(node, report.First?.Node);
        Assert.True(report.First!.Differing > 0 && report.First.Relative > 0);
    }

    [Fact]
    public void A_program_does_not_part_from_itself()
    {
        var report = FirstDivergence.Find(_gradient, _gradient, _subject.Inputs(0, 0));
        Assert.Null(report.First);
        Assert.Equal(_gradient.Nodes.Count, report.Compared);
        Assert.Empty(report.OnlyInFirst);
        Assert.Empty(report.OnlyInSecond);
    }

    [Fact]
    public void Formats_part_at_a_decision_that_falls_otherwise()
    {
        // In 16 bits 1 + 2^-12 is 1, so the comparison with 1 falls otherwise; all values are within rounding.
        var program = Program.Trace(x => Functions.Relu(x - x.Builder.Apply(new Fill(x.Shape, 1))).Sum(), new Shape(1));
        using var subject = new FixedSubject(program, ["x"], new[] { 1 + Math.Pow(2, -12) });
        var gradient = GradientRunner.Of(program, ["x"], Selection.Default);
        var report = FirstDivergence.Find(gradient, gradient, subject.Inputs(0, 0), new() { OtherPrecision = Precision.Float16 });
        Assert.Equal("relu.vjp.gate", report.FirstDecision?.Node);
        Assert.Equal((1, 0), (report.FirstDecision!.Value, report.FirstDecision.OtherValue));
    }

    [Fact]
    public void Formats_that_differ_by_rounding_only_do_not_part()
    {
        var program = Program.Trace(x => (x * x).Sum(), new Shape(5));
        using var subject = new FixedSubject(program, ["x"], new[] { 0.1, 0.2, 0.3, 0.4, 0.5 });
        var gradient = GradientRunner.Of(program, ["x"], Selection.Default);
        Assert.Null(FirstDivergence.Find(gradient, gradient, subject.Inputs(0, 0), new() { OtherPrecision = Precision.BFloat16 }).First);
    }

    public void Dispose() => _subject.Dispose();

    private Program Plant(string kind, string node) => kind switch
    {
        "tie" => Planted.Replace(_gradient, node, f => ((MaxPoolScatter)f) with { Rule = TieRule.Last }),
        "cast" => Planted.Cast(_gradient, node),
        "sum" => Planted.Reorder(_gradient, node),
        "clamp" => Planted.Replace(_gradient, node, f => new Unary<Clamp>(new(((Unary<Clamp>)f).Rule.Lower, ((Unary<Clamp>)f).Rule.Upper * 0.75))),
        "bound" => Planted.Replace(_gradient, node, f => new Gate(((Gate)f).Slopes with { Second = ((Gate)f).Slopes.Second / 2 })),
        "upper kink" => Planted.Replace(_gradient, node, f => new Gate(((Gate)f).Slopes with { AtSecond = 0 })),
        "kink" => Planted.Replace(_gradient, node, f => new Gate(((Gate)f).Slopes with { AtFirst = 1 - ((Gate)f).Slopes.AtFirst })),
        "constant" => Planted.Replace(_gradient, node, f => new Unary<MultiplyConstant>(new(0.02500001))),
        _ => throw new ArgumentException(kind),
    };
}
