using Nonsmooth.Conservativity;

namespace Nonsmooth.Tests.Conservativity;

public sealed class ConservativityTests(ITestOutputHelper output)
{
    private static readonly Stratum _singular = new("singular matrices", 4, p => [p[0] * p[2], p[0] * p[3], p[1] * p[2], p[1] * p[3]]);

    [Fact]
    public void ZeroOnSingularMatricesBesideTheGradientOfTheDeterminantIsConservative()
    {
        var verdict = Say(ConservativityTest.Of(Determinant, x => IsSingular(x) ? new double[4] : Cofactors(x), 4, strata: [_singular]));
        Assert.Equal(RuleLabel.Conservative, verdict.Label);
        Assert.False(verdict.IsProved);
    }

    [Fact]
    public void OnesOnSingularMatricesAreNot()
    {
        var verdict = Say(ConservativityTest.Of(Determinant, x => IsSingular(x) ? [1, 1, 1, 1] : Cofactors(x), 4, strata: [_singular]));
        Assert.Equal(RuleLabel.NotConservative, verdict.Label);
        Assert.Equal(DefectKind.Stratum, verdict.Defect!.Kind);
        Assert.True(IsSingular([.. verdict.Defect.Point]));
        Assert.NotEqual(verdict.Defect.Rule, verdict.Defect.Function, 1e-3);
    }

    // 0 is conservative on {f = 0}: on a stratum of it f is constant.
    [Fact]
    public void ZeroWhereTheValueIsZeroIsConservative()
    {
        static double Largest(double[] x) => Math.Max(Math.Max(x[0], x[1]), 0) - Math.Abs(x[2]);
        double[] Rule(double[] x) => Largest(x) == 0 ? [0, 0, 0] : [x[0] >= x[1] && x[0] > 0 ? 1 : 0, x[1] > x[0] && x[1] > 0 ? 1 : 0, -Math.Sign(x[2])];
        Assert.Equal(RuleLabel.Conservative, Say(ConservativityTest.Of(Largest, Rule, 3)).Label);
    }

    [Theory]
    [InlineData(1.0, 1.0, RuleLabel.NotConservative)]
    [InlineData(0.0, 0.0, RuleLabel.NotConservative)]
    [InlineData(1.0, 0.0, RuleLabel.Conservative)]
    [InlineData(3.0, -2.0, RuleLabel.Conservative)]
    public void TiedGradientsMustBeWeightedToOne(double first, double second, RuleLabel label)
    {
        double[] Rule(double[] x) => x[0] > x[1] ? [1, 0] : x[1] > x[0] ? [0, 1] : [first, second];
        static double Largest(double[] x) => Math.Max(x[0], x[1]);
        var verdict = Say(ConservativityTest.Of(Largest, Rule, 2));
        Assert.Equal(label, verdict.Label);
        Assert.Equal(label == RuleLabel.NotConservative, verdict.Defect is { Kind: DefectKind.Stratum } d && d.Point[0] == d.Point[1]);
        if (verdict.Defect is { } defect)
        {
            // The witness, evaluated again without the search: a chord and an inner product.
            double[] At(double step) => [.. defect.Point.Zip(defect.Direction, (x, v) => x + (step * v))];
            double slope = (Largest(At(1e-3)) - Largest(At(-1e-3))) / 2e-3;
            double claimed = Rule([.. defect.Point]).Zip(defect.Direction, (g, v) => g * v).Sum();
            Assert.Equal(claimed, defect.Rule, 1e-9);
            Assert.Equal(slope, defect.Function, 1e-6);
            Assert.True(Math.Abs(claimed - slope) > 1e-2 * Math.Abs(slope));
        }
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(-1e6)]
    [InlineData(2.0)]
    public void AnySlopeOfReluAtZeroIsConservative(double slope)
    {
        var selection = Selection.Default with { ReluAtZero = slope };
        var verdict = Say(ConservativityTest.Of(Program.Trace(x => Relu(x), new Shape(4)), selection));
        Assert.Equal(RuleLabel.Conservative, verdict.Label);
        Assert.True(verdict.IsProved);
        Assert.Null(verdict.Defect);
        Assert.Equal(slope is >= 0 and <= 1 ? PointLabel.Clarke : PointLabel.Neither, selection.ReluAtZero.AtPoint(0, 1));
    }

    [Theory]
    [InlineData(1.0, RuleLabel.Conservative)]
    [InlineData(double.NaN, RuleLabel.NotConservative)]
    public void ANormAtZeroIsOnePoint(double entry, RuleLabel label)
    {
        var selection = Selection.Default with { NormAtZero = entry };
        var verdict = Say(ConservativityTest.Of(Program.Trace(x => x.Norm(2, 1), new Shape(3, 2)), selection));
        Assert.Equal(label, verdict.Label);
        Assert.Equal(label == RuleLabel.NotConservative, verdict.Defect?.Kind == DefectKind.NotFinite);
    }

    [Trait("Speed", "Slow")]
    [Theory]
    [InlineData("first", RuleLabel.Conservative)]
    [InlineData("average", RuleLabel.Conservative)]
    [InlineData("beta(10000)", RuleLabel.Conservative)]
    [InlineData("all ones", RuleLabel.NotConservative)]
    [InlineData("halves", RuleLabel.NotConservative)]
    [InlineData("NaN", RuleLabel.NotConservative)]
    public void WeightsOfTiesMustSumToOne(string name, RuleLabel label)
    {
        var rule = name switch
        {
            "first" => TieRule.First,
            "average" => TieRule.Average,
            "beta(10000)" => TieRule.Beta(10_000),
            "all ones" => TieRule.Custom(name, (_, _) => 1),
            "halves" => TieRule.Custom(name, (_, _) => 0.5),
            _ => TieRule.Custom(name, (_, _) => double.NaN),
        };
        var selection = Selection.Default with { ReduceMaximumTies = rule, MaxPoolTies = rule };
        var maximum = ConservativityTest.Of(Program.Trace(x => x.Max(1), new Shape(2, 4)), selection);
        var pool = ConservativityTest.Of(Program.Trace(x => MaxPool2d(x, 2), new Shape(1, 1, 4, 4)), selection);
        Assert.Equal((label, label, label), (rule.Label, Say(maximum).Label, Say(pool).Label));
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void AProgramIsConservativeByItsParts()
    {
        var program = Program.Trace(x => Relu(Negate(x)) + x - Relu(x), new Shape(3));
        Assert.True(Say(ConservativityTest.Of(program, Selection.Default)).IsProved);
        var shares = Selection.Default with { MaximumTies = TieRule.Custom("both", (_, _) => 1) };
        var verdict = Say(ConservativityTest.Of(Program.Trace(x => Maximum(Relu(x), Abs(x)).Sum(), new Shape(3)), shares));
        Assert.Equal(RuleLabel.NotConservative, verdict.Label);
    }

    [Theory]
    [InlineData("floor")]
    [InlineData("sign")]
    [InlineData("select")]
    public void NoRuleIsConservativeWhereTheValueJumps(string name)
    {
        var program = name switch
        {
            "floor" => Program.Trace(x => x.Builder.Apply(new Unary<Floor>(new Floor()), x), new Shape(2)),
            "sign" => Program.Trace(x => x * x.Builder.Apply(new Unary<Sign>(new Sign()), x + 1), new Shape(2)),
            _ => Program.Trace(x => x.Builder.Apply(new Select(), x.Builder.Apply(new Compare(Comparison.Less), x, x * 0.5), x, x * x), new Shape(2)),
        };
        var verdict = Say(ConservativityTest.Of(program, Selection.Default));
        if (name == "select")
        {
            // x < x/2, so x < 0: x there and x² else are continuous, which only trials can tell.
            Assert.Equal((RuleLabel.Conservative, false), (verdict.Label, verdict.IsProved));
            return;
        }

        Assert.Equal(RuleLabel.NoField, verdict.Label);
        var jump = verdict.Defect!;
        Assert.Equal(DefectKind.Jump, jump.Kind);
        Assert.True(jump.Direction.Max(Math.Abs) < 1e-10);
        Assert.True(Math.Abs(jump.Rule - jump.Function) > 1e-2);
    }

    [Fact]
    public void StraightThroughIsNoFieldOfARounding() =>
        Assert.Equal(RuleLabel.NoField, Say(ConservativityTest.Of(x => Math.Round(x[0]), _ => [1], 1)).Label);

    private static double Determinant(double[] x) => (x[0] * x[3]) - (x[1] * x[2]);

    private static bool IsSingular(double[] x) => Math.Abs(Determinant(x)) < 1e-13;

    private static double[] Cofactors(double[] x) => [x[3], -x[2], -x[1], x[0]];

    private RuleVerdict Say(RuleVerdict verdict)
    {
        output.WriteLine($"{verdict} [largest gap {verdict.Largest:E1}, {verdict.Unsettled} unsettled]");
        return verdict;
    }
}
