namespace Nonsmooth.Tests.Cost.Modes;

public sealed class ModeAdvisorTests
{
    private static readonly ModeOptions _x = new() { WithRespectTo = ["x"] };
    private static readonly UnitModel _unit = new(10);

    // Acceptance F13: the executed plans, counted scalar by scalar, judge the choice.
    [Trait("Speed", "Slow")]
    [Fact]
    public void TheChoiceIsTheCheapestOfTheExecutedPlans()
    {
        int wrong = 0;
        int simple = 0;
        int lineax = 0;
        var chosen = new Dictionary<DerivativeMode, int>();
        for (int number = 0; number < 200; number++)
        {
            var program = ModePrograms.Random(number);
            var advice = ModeAdvisor.Recommend(program, options: _x);
            double forward = Executed(program, JacobianPlan.Forward(program, _x));
            double reverse = Executed(program, JacobianPlan.Reverse(program, _x));
            Assert.Equal(advice.Forward, forward, 6);
            Assert.Equal(advice.Reverse, reverse, 6);
            double taken = Executed(program, advice.Plan);
            Assert.Equal(advice.Price, taken, 6);
            chosen[advice.Mode] = chosen.GetValueOrDefault(advice.Mode) + 1;
            double mixed = advice.Mixed is { } m ? Executed(program, JacobianPlan.Mixed(program, m.Waist, m.Inner, m.Outer, _x)) : double.PositiveInfinity;
            double least = Math.Min(mixed, Math.Min(forward, reverse));
            wrong += taken > least ? 1 : 0;
            simple += (advice.Inputs < advice.Outputs ? forward : reverse) > least ? 1 : 0;
            lineax += (advice.Inputs < 100 || advice.Inputs <= 1.5 * advice.Outputs ? forward : reverse) > least ? 1 : 0;
        }

        Assert.Equal(0, wrong);
        Assert.True(simple > wrong && lineax > wrong, $"in < out errs {simple} times, lineax's rule {lineax}");
        Assert.All(Enum.GetValues<DerivativeMode>(), mode => Assert.True(chosen.GetValueOrDefault(mode) >= 10, $"{mode}: {chosen.GetValueOrDefault(mode)}"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    public void TheWaistOfABottleneckIsFoundAndTaken(int number)
    {
        var (program, narrow) = ModePrograms.Bottleneck(number);
        var advice = ModeAdvisor.Recommend(program, options: _x);
        Assert.Equal(DerivativeMode.Mixed, advice.Mode);
        Assert.Equal(narrow, advice.Mixed!.Waist.Elements);
        Assert.True(Executed(program, advice.Plan) < 0.5 * Math.Min(advice.Forward, advice.Reverse));
        Assert.Contains(advice.Mixed.Waist.Name, advice.Reason, StringComparison.Ordinal);
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void MixedIsTheCheapestOfItsFourCombinations()
    {
        for (int number = 0; number < 40; number++)
        {
            var program = ModePrograms.Bottleneck(number).Program;
            var advice = ModeAdvisor.Recommend(program, options: _x);
            var modes = new[] { DerivativeMode.Forward, DerivativeMode.Reverse };
            double least = modes.SelectMany(inner => modes.Select(outer =>
                _unit.Cost(JacobianPlan.Mixed(program, advice.Mixed!.Waist, inner, outer, _x).Count()))).Min();
            Assert.Equal(least, advice.Mixed!.Price, 6);
        }
    }

    [Fact]
    public void ATieGoesForward()
    {
        var advice = ModeAdvisor.Recommend(Program.Trace(x => 2 * x, new Shape(3)));
        Assert.Equal(advice.Forward, advice.Reverse);
        Assert.Equal(DerivativeMode.Forward, advice.Mode);
        Assert.StartsWith("forward: 3 tangents", advice.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void AGradientGoesInReverseAndACurveForward()
    {
        var gradient = ModeAdvisor.Recommend(Program.Trace(x => Functions.Tanh(x).Sum(), new Shape(50)));
        Assert.Equal(DerivativeMode.Reverse, gradient.Mode);
        var curve = ModeAdvisor.Recommend(Program.Trace((t, w) => Functions.Tanh(t * w), Shape.Scalar, new Shape(50)), options: new() { WithRespectTo = ["t"] });
        Assert.Equal(DerivativeMode.Forward, curve.Mode);
    }

    [Fact]
    public void GivenDirectionsOfAColouringArePriced()
    {
        var program = Program.Trace(x => Functions.Tanh(x).Sum(), new Shape(50));
        var advice = ModeAdvisor.Recommend(program, inputs: 1, options: new ModeOptions { Waists = 0 });
        Assert.Equal((1, 1), (advice.Inputs, advice.Outputs));
        Assert.Null(advice.Mixed);
        Assert.Equal(_unit.Cost(program.Forprop(new ForpropOptions()).Count()), advice.Forward);
        Assert.Throws<NonsmoothException>(() => ModeAdvisor.Recommend(program, inputs: 0));
    }

    [Fact]
    public void ManyDirectionsTakeNoTimeToPrice()
    {
        var program = Program.Trace(x => Functions.Tanh(Functions.Tanh(x)), new Shape(1 << 20));
        Assert.Equal(1 << 20, ModeAdvisor.Recommend(program).Inputs);
    }

    private static double Executed(Program program, JacobianPlan plan)
    {
        var inputs = ModePrograms.Draw(program, 5).Select((v, i) =>
            (Tensor)new Tensor<Counted>(program.Types[program.Inputs[i].Value].Shape, Array.ConvertAll(v, Counted.Variable))).ToArray();
        return _unit.Cost(Counted.Measure(() => plan.Evaluate<Counted>(inputs)));
    }
}
