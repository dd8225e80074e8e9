using Nonsmooth.Answers;

namespace Nonsmooth.Tests.Dictionary.Reading;

public class OwnFunctionTests
{
    // A1: a user's maximum was differentiable at its tie, and no selection changed it.
    [Fact]
    public void AnOwnMaximumIsNotDifferentiableAtItsTie()
    {
        var program = Two(new Binary<OwnLarger>(default));
        Assert.IsType<KinkStructure.Extremum>(program.Nodes[0].Function.Kinks);
        Assert.Equal(Verdict.No, Differentiability.At(program, [new[] { 1.0 }, new[] { 1.0 }]).Verdict);
        Assert.Equal(Verdict.Yes, Ambiguity.At(program, [new[] { 1.0 }, new[] { 1.0 }]).Ambiguous);
        Assert.Equal(Verdict.Yes, Differentiability.At(program, [new[] { 1.0 }, new[] { 2.0 }]).Verdict);
    }

    [Fact]
    public void ItsKeyDecides()
    {
        var program = Two(new Binary<OwnLarger>(default));
        Assert.Equal([OwnLarger.Ties], program.Nodes[0].Function.Keys);
        Assert.Equal([0.5, 0.5], Gradient(program, Selection.Default, 1, 1));
        Assert.Equal([1, 0], Gradient(program, Selection.Default.With(OwnLarger.Ties, TieRule.First), 1, 1));
        Assert.Equal([0.5, 0.5], Gradient(program, Selection.Default with { MaximumTies = TieRule.First }, 1, 1));
        Assert.Equal([0, 1], Gradient(program, Selection.Default, 1, 3));
        Assert.Same(OwnLarger.Ties, SelectionKey.Find("test-own-larger-ties"));
    }

    [Fact]
    public void LinesThatMeetMakeAKinkThatReadingFinds()
    {
        var function = new Unary<OwnHinge>(default);
        var kink = Assert.Single(function.KinkPoints(Selection.Default));
        Assert.Equal(new Kink(1, 0, 1, 0), kink);
        Assert.Equal(1, function.KinkPoints(Selection.Default.With(OwnHinge.AtOne, KinkRule.Right))[0].Selected);
        Assert.Equal("x = 1", function.Kinks.Where);
        var program = One(function);
        Assert.Equal(Verdict.No, Differentiability.At(program, [new[] { 1.0 }]).Verdict);
        Assert.Equal(Verdict.Yes, Differentiability.At(program, [new[] { 0.5 }]).Verdict);
        Assert.Equal(Verdict.Yes, Ambiguity.At(program, [new[] { 1.0 }]).Ambiguous);
        Assert.Equal(Verdict.No, Stationarity.At(program, [new[] { 1.0 }]).HasDescent);
    }

    [Fact]
    public void SidesThatDoNotMeetJump()
    {
        var function = new Unary<OwnStep>(default);
        Assert.Equal(Regularity.NotPathDifferentiable, function.Regularity);
        Assert.Equal("jumps at x = 1", function.Kinks.Where);
        Assert.Equal(Verdict.Unknown, Differentiability.At(One(function), [new[] { 1.0 }]).Verdict);
        Assert.Equal(Verdict.Yes, Differentiability.At(One(function), [new[] { 0.0 }]).Verdict);
    }

    [Fact]
    public void ABranchThatCannotBeToldIsUnknownWhereItSwitchesOnly()
    {
        var function = new Unary<OwnCurved>(default);
        Assert.Equal(Regularity.Unknown, function.Regularity);
        var program = One(function);
        Assert.Equal(Verdict.Unknown, Differentiability.At(program, [new[] { 2.0 }]).Verdict);
        Assert.NotEqual(Verdict.No, Differentiability.At(program, [new[] { 1.0 }]).Verdict);
    }

    [Fact]
    public void MaximaAndAbsoluteValuesInsideARuleAreSeen()
    {
        var program = One(new Unary<OwnSum>(default));
        Assert.IsType<KinkStructure.Form>(program.Nodes[0].Function.Kinks);
        Assert.Equal([SelectionKeys.AbsAtZero, SelectionKeys.MaximumTies], program.Nodes[0].Function.Keys);
        Assert.Equal(Verdict.No, Differentiability.At(program, [new[] { 0.0 }]).Verdict);
        Assert.Equal(Verdict.No, Differentiability.At(program, [new[] { 2.0 }]).Verdict);
        Assert.Equal(Verdict.Yes, Differentiability.At(program, [new[] { 1.0 }]).Verdict);
        Assert.Equal([-0.5], Gradient(program, Selection.Default, 0));
    }

    [Theory]
    [InlineData(-1.7)]
    [InlineData(-0.2)]
    [InlineData(0.0)]
    [InlineData(0.9)]
    [InlineData(3.1)]
    public void TheSlopeOfASmoothRuleIsTheChainRules(double x)
    {
        var program = One(new Unary<OwnSmooth>(default));
        Assert.Equal(Regularity.Smooth, program.Nodes[0].Function.Regularity);
        const double Step = 1e-6;
        double difference = (Value(program, x + Step) - Value(program, x - Step)) / (2 * Step);
        Assert.Equal(difference, Gradient(program, Selection.Default, x)[0], 1e-8);
    }

    [Fact]
    public void AFunctionThatSaysNothingIsUnknownToEveryQuestion()
    {
        var program = One(new OwnSilent());
        Assert.Equal(Regularity.Unknown, program.Nodes[0].Function.Regularity);
        double[][] at = [[0.0]];
        var answer = Differentiability.At(program, at);
        Assert.Equal(Verdict.Unknown, answer.Verdict);
        Assert.Contains("own_silent does not say where it has kinks", answer.Doubt, StringComparison.Ordinal);
        Assert.Equal(Verdict.Unknown, Ambiguity.At(program, at).Ambiguous);
        var stationarity = Stationarity.At(program, at);
        Assert.Equal((Verdict.Unknown, Verdict.Unknown), (stationarity.HasDescent, stationarity.ZeroIsClarke));
        Assert.Equal(["own_silent"], CostAnalysis.Analyze(program, new CostOptions { WithRespectTo = ["x0"] }).Unsaid);
    }

    // A2 in small: every standard function whose gradient a key decides declares that key.
    [Fact]
    public void EveryStandardFunctionDeclaresTheKeysThatChangeItsDerivative()
    {
        foreach (var row in StandardDictionary.Rows.Where(r => r.Function is not CompositeFunction))
        {
            var program = Traced(row);
            string plain = program.Backprop(new BackpropOptions()).ToString();
            foreach (var key in SelectionKey.Known.Where(k => k.OtherRules.Count > 0))
            {
                var other = key.Set(Selection.Default, key.OtherRules[0]);
                bool changes = program.Backprop(new BackpropOptions { Selection = other }).ToString() != plain;
                Assert.True(!changes || row.Function.Keys.Contains(key), $"{row} reads {key} and does not declare it");
            }
        }
    }

    [Fact]
    public void ADuplicateKeyIsRefused()
    {
        var refused = Assert.Throws<NonsmoothException>(() => new SelectionKey<KinkRule>("relu-at-zero", 0));
        Assert.Contains("'relu-at-zero' is declared twice", refused.Message, StringComparison.Ordinal);
    }

    private static Program One(ElementaryFunction function) => Traced(function, 1);

    private static Program Two(ElementaryFunction function) => Traced(function, 2);

    private static Program Traced(ElementaryFunction function, int arguments)
    {
        var builder = new ProgramBuilder();
        var inputs = Enumerable.Range(0, arguments).Select(i => builder.Input($"x{i}", TensorType.Real(Shape.Scalar))).ToArray();
        return builder.Build([("y", builder.Apply(function, inputs))]);
    }

    private static Program Traced(DictionaryRow row)
    {
        var builder = new ProgramBuilder();
        var inputs = row.Arguments.Select((a, i) => builder.Input($"a{i}", a.Type)).ToArray();
        return builder.Build(builder.ApplyAll(row.Function, inputs).Select((r, i) => ($"r{i}", r)));
    }

    private static double Value(Program program, double x) => ((Tensor<double>)Interpreter.Run<Float64>(program, new[] { x })[0])[0];

    private static double[] Gradient(Program program, Selection selection, params double[] at)
    {
        var outputs = Interpreter.Run<Float64>(program.Backprop(new BackpropOptions { Selection = selection }), [.. at.Select(x => new[] { x })]);
        return [.. outputs.Skip(1).Select(o => ((Tensor<double>)o)[0])];
    }
}
