using Nonsmooth.Answers;
using Nonsmooth.Conservativity;
using Nonsmooth.Testing;

namespace Nonsmooth.Tests.Answers;

public sealed class GradientCheckTests(ITestOutputHelper output)
{
    private static readonly Func<Variable, Variable>[] _unary =
    [
        x => Add(x, 1.5), x => Scale(x, -0.75), x => Tanh(Exp(Tanh(x))), Tanh, Sigmoid, Sin, Cos, Softplus, Silu,
        x => Gelu(x), Erf, x => Reciprocal(Add(Square(x), 1)), x => Log(Add(Square(x), 1)), x => Sqrt(Add(Square(x), 1)),
    ];

    private static readonly Func<Variable, Variable, Variable>[] _binary =
        [Add, Subtract, (a, b) => Multiply(Tanh(a), b), (a, b) => Divide(a, Add(Square(b), 2))];

    private static readonly bool _all = Environment.GetEnvironmentVariable("NONSMOOTH_TRIALS") == "1";

    [Trait("Speed", "Slow")]
    [Fact]
    public void EveryPlantedWrongRuleIsFound()
    {
        var missed = new List<string>();
        var classes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var rule in WrongRules.All)
        {
            var answer = GradientCheck.Of(rule.Function, rule.Claim, rule.Point);
            var verdict = ConservativityTest.Of(rule.Function, x => rule.Claim(x).Gradient, rule.Point.Length, [.. rule.Point.Distinct().Where(p => Math.Abs(p) < 10)]);
            string found = $"{answer.Label}{(answer.Misfit is { } misfit ? $" ({misfit})" : "")}{(answer.IsWrong ? ", wrong" : "")}; rule {verdict.Label}";
            classes[found] = classes.GetValueOrDefault(found) + 1;
            output.WriteLine($"| {rule.Name} | {found} |\n    {answer.Reason}\n    {verdict}");
            if (answer.Passes)
            {
                missed.Add($"{rule.Name}: {answer.Label}, {answer.Reason}");
            }

            if (verdict.Label != rule.Rule)
            {
                missed.Add($"{rule.Name}: expected {rule.Rule}, {verdict}");
            }
        }

        output.WriteLine(string.Join("\n", classes.Select(c => $"{c.Value} {c.Key}")));
        Assert.Equal(43, WrongRules.All.Count);
        Assert.Empty(missed);
    }

    [Fact]
    public void AStaircaseOfRoundingIsNoSlope()
    {
        // 1 + x² moves by steps of 2e-16: within one of them the logarithm stands still, and tanh alone has a slope.
        var program = Program.Trace(x => Tanh(x) * Log(Square(x) + 1), Shape.Scalar);
        foreach (double x in new[] { 2.58113e-4, 2.5811312345e-4, 1e-3, 1e-5 })
        {
            Assert.True(GradientCheck.Of(program, [new[] { x }]).Passes);
        }
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void NoFalseAlarmOnSmoothPrograms()
    {
        var random = new Random(1);
        var labels = new Dictionary<PointLabel, int>();
        int trials = _all ? 10_000 : 1_000;
        for (int trial = 0; trial < trials; trial++)
        {
            var program = Smooth(random);
            double[][] point = [.. program.Inputs.Select(_ => new[] { (4 * random.NextDouble()) - 2 })];
            var answer = GradientCheck.Of(program, point, new GradientCheckOptions { Directions = 2, Seed = (ulong)trial });
            Assert.True(answer.Passes, $"{trial}: {answer.Reason}\n{program}");
            labels[answer.Label] = labels.GetValueOrDefault(answer.Label) + 1;
        }

        output.WriteLine(string.Join(", ", labels.Select(l => $"{l.Key}: {l.Value}")));
        Assert.True(labels[PointLabel.Gradient] >= 0.99 * trials);
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void NoFalseAlarmOnTheDictionaryAtRandomPointsAndAtTies()
    {
        var labels = new Dictionary<PointLabel, int>();
        foreach (var row in StandardDictionary.Rows)
        {
            var program = Examples.Program(row);
            if (program.Inputs.All(i => program.Types[i.Value].Kind != ElementKind.Real)
                || program.Outputs.All(o => program.Types[o.Value].Kind != ElementKind.Real))
            {
                continue;
            }

            for (int seed = 0; seed < 6; seed++)
            {
                var inputs = Examples.Draw(row, seed);
                if (seed % 2 == 1 && row.Arguments.All(a => a.Function is null))
                {
                    inputs = [.. inputs.Select((a, i) => a is double[] reals && row.Arguments[i].Low < 0 ? Array.ConvertAll(reals, Math.Round) : a)];
                }

                var answer = GradientCheck.Of(program, inputs, new GradientCheckOptions { Directions = 3 });
                Assert.True(answer.Passes, $"{row}, seed {seed}: {answer.Label}, {answer.Reason}");
                Assert.True(seed % 2 == 1 || answer.Label == PointLabel.Gradient, $"{row}: {answer.Label}, {answer.Reason}");
                labels[answer.Label] = labels.GetValueOrDefault(answer.Label) + 1;
            }
        }

        output.WriteLine(string.Join(", ", labels.Select(l => $"{l.Key}: {l.Value}")));
        Assert.True(labels[PointLabel.Clarke] >= 10);
    }

    [Fact]
    public void SelectionsOutsideClarkesSetAreToldApart()
    {
        var program = Program.Trace(x => x.Max(), new Shape(3));
        double[][] tied = [[1, 1, 1]];
        Assert.Equal((PointLabel.Clarke, null, RuleLabel.Conservative), Found(TieRule.Average));
        Assert.Equal((PointLabel.Clarke, null, RuleLabel.Conservative), Found(TieRule.Last));
        Assert.Equal((PointLabel.Neither, Misfit.OutsideHull, RuleLabel.Conservative), Found(TieRule.Beta(3)));
        Assert.Equal((PointLabel.Neither, Misfit.OutsideSpan, RuleLabel.NotConservative), Found(TieRule.Custom("all", (_, _) => 1)));

        (PointLabel Label, Misfit? Misfit, RuleLabel Rule) Found(TieRule rule)
        {
            var answer = GradientCheck.Of(program, tied, new GradientCheckOptions { Selection = Selection.Default with { ReduceMaximumTies = rule } });
            Assert.False(answer.IsWrong);
            return (answer.Label, answer.Misfit, answer.Rule);
        }
    }

    // relu(−x) + x − relu(x) is 0: under ReLU'(0) = 0 backprop says 1 at 0, an admissible element and no Clarke subgradient.
    [Theory]
    [InlineData("alone", Misfit.NotTheDerivative)]
    [InlineData("+ y", Misfit.NotTheDerivative)]
    [InlineData("+ |y|", Misfit.OutsideSpan)]
    public void AnAdmissibleElementNeedNotBeClarkes(string name, Misfit misfit)
    {
        static Variable Zero(Variable x) => Relu(Negate(x)) + x - Relu(x);
        var program = name switch
        {
            "alone" => Program.Trace(x => Zero(x), Shape.Scalar),
            "+ y" => Program.Trace((x, y) => Zero(x) + y, Shape.Scalar, Shape.Scalar),
            _ => Program.Trace((x, y) => Zero(x) + Abs(y), Shape.Scalar, Shape.Scalar),
        };
        double[][] zero = [.. program.Inputs.Select(_ => new double[1])];
        var answer = GradientCheck.Of(program, zero);
        output.WriteLine(answer.ToString());
        Assert.Equal((PointLabel.Neither, misfit, RuleLabel.Conservative), (answer.Label, answer.Misfit, answer.Rule));
        Assert.Equal(misfit == Misfit.NotTheDerivative, answer.IsWrong);
        var half = new GradientCheckOptions { Selection = Selection.Default with { ReluAtZero = 0.5 } };
        Assert.True(GradientCheck.Of(program, zero, half).Passes);
    }

    [Fact]
    public void AKinkNearbyIsNoKinkHere()
    {
        foreach (double x in new double[] { 1e-9, -1e-9, 1e-12, -1e-15 })
        {
            Assert.Equal(PointLabel.Gradient, GradientCheck.Of(v => Math.Max(v[0], 0), v => [v[0] > 0 ? 1 : 0], [x]).Label);
            Assert.True(GradientCheck.Of(v => Math.Max(v[0], 0), v => [v[0] > 0 ? 0 : 1], [x]).IsWrong);
        }

        foreach (double x in new double[] { 1e-8, 1e-10, 1e-15, -1e-12 })
        {
            Assert.Equal(PointLabel.Gradient, GradientCheck.Of(Program.Trace(v => Abs(v), Shape.Scalar), [new[] { x }]).Label);
        }

        var shifted = Program.Trace(x => Abs(x + 0.2 - 0.3), Shape.Scalar);
        double[][] nearly = [[0.1]];
        Assert.NotEqual(0, ((Tensor<double>)Interpreter.Run<Float64>(shifted, nearly)[0])[0]);
        Assert.Equal(PointLabel.Gradient, GradientCheck.Of(shifted, nearly).Label);
        Assert.Equal(PointLabel.Gradient, GradientCheck.Of(v => Math.Max(v[0] - 1, 0), _ => [1], [1 + 1e-9]).Label);
    }

    [Fact]
    public void UnitsDoNotMatter()
    {
        // Powers of two near 10⁻¹² … 10¹²: rounding is scaled with the rest.
        double[] scales = [.. new[] { -40, -30, -13, 0, 20, 40 }.Select(e => Math.ScaleB(1, e))];
        (Func<double[], double> Function, Func<double[], double[]> Rule, double[] Point)[] claims =
        [
            (x => Math.Max(x[0], x[1]), x => x[0] == x[1] ? [0.5, 0.5] : [x[0] > x[1] ? 1 : 0, x[1] > x[0] ? 1 : 0], [1, 1]),
            (x => Math.Max(x[0], x[1]), x => [1, 1], [1, 1]),
            (x => Math.Max(x[0], x[1]), x => [3, -2], [1, 1]),
            (x => Math.Abs(x[0]) + (x[1] * x[1]), x => [0.3, 2 * x[1]], [0, 2]),
            (x => Math.Abs(x[0]) + (x[1] * x[1]), x => [1.3, 2 * x[1]], [0, 2]),
            (x => Math.Abs(x[0]) + (x[1] * x[1]), x => [0.3, 2.1 * x[1]], [0, 2]),
            (x => Math.Sin(x[0]) * Math.Exp(x[1]), x => [Math.Cos(x[0]) * Math.Exp(x[1]), Math.Sin(x[0]) * Math.Exp(x[1])], [0.5, 0]),
            (x => Math.Sin(x[0]) * Math.Exp(x[1]), x => [Math.Cos(x[0]) * Math.Exp(x[1]), 1.001 * Math.Sin(x[0]) * Math.Exp(x[1])], [0.5, 0]),
        ];
        var changed = new List<string>();
        int checks = 0;
        for (int c = 0; c < claims.Length; c++)
        {
            var (f, g, point) = claims[c];
            var plain = GradientCheck.Of(f, g, point);
            Assert.NotEqual(PointLabel.Unknown, plain.Label);
            foreach (double term in scales)
            {
                foreach (double unit in scales)
                {
                    // The whole function in units of term, its first variable in others: x₀ = u₀·unit.
                    double[] To(double[] u) => [u[0] * unit, u[1]];
                    var scaled = GradientCheck.Of(u => term * f(To(u)), u => [term * unit * g(To(u))[0], term * g(To(u))[1]], [point[0] / unit, point[1]]);
                    checks++;
                    if ((scaled.Label, scaled.Misfit) != (plain.Label, plain.Misfit) && scaled.Label != PointLabel.Unknown)
                    {
                        changed.Add($"{c}: {term:E0}, {unit:E0}: {plain.Label} {plain.Misfit}, scaled {scaled.Label} {scaled.Misfit} {scaled.Reason}");
                    }
                    else if (scaled.Label == PointLabel.Unknown)
                    {
                        output.WriteLine($"{c}: {term:E0}, {unit:E0}: {scaled.Reason}");
                    }
                }
            }
        }

        output.WriteLine($"{checks} checks");
        Assert.Empty(changed);
    }

    // Terms of very different sizes in different variables: each is judged in its own.
    [Fact]
    public void ASmallTermIsJudgedToo()
    {
        foreach (double s in new double[] { 1e-12, 1e-10, 1e-8, 1e-4, 1, 1e4, 1e8, 1e12 })
        {
            Func<double[], double> function = x => (-s * Math.Max(x[0], 0)) + Math.Abs(x[1]);
            Assert.Equal(PointLabel.Clarke, GradientCheck.Of(function, _ => [-s / 2, 0.5], [0, 0]).Label);
            var outside = GradientCheck.Of(function, _ => [-1.5 * s, 0.5], [0, 0]);
            Assert.Equal((PointLabel.Neither, Misfit.OutsideHull), (outside.Label, outside.Misfit));
        }
    }

    [Fact]
    public void KinkedProgramsPassWithTheirClarkeGradients()
    {
        foreach (var (name, program, point) in KinkedPrograms.All)
        {
            double[] gradient = Clarke.At(program, [point]).Gradient[0];
            var answer = GradientCheck.Of(x => ((Tensor<double>)Interpreter.Run<Float64>(program, x)[0])[0], _ => gradient, point);
            Assert.True(answer.Label is PointLabel.Clarke or PointLabel.Gradient, $"{name}: {answer.Label}, {answer.Reason}");
        }
    }

    [Fact]
    public void ManyVariablesAreChecked()
    {
        var random = new Random(3);
        double[] x = [.. Enumerable.Range(0, 100).Select(i => i % 7 == 0 ? 0 : random.NextDouble() - 0.5)];
        Assert.Equal(PointLabel.Clarke, GradientCheck.Of(f => f.Sum(Math.Abs), f => [.. f.Select(v => v < 0 ? -1.0 : 1)], x).Label);
        Assert.True(GradientCheck.Of(f => f.Sum(Math.Abs), f => [.. f.Select(v => v < 0.3 ? -1.0 : 1)], x).IsWrong);
    }

    [Fact]
    public void AJumpIsNotDecided() =>
        Assert.Equal(PointLabel.Unknown, GradientCheck.Of(x => Math.Floor(x[0]), _ => [0], [1.0]).Label);

    private static Program Smooth(Random random)
    {
        var builder = new ProgramBuilder();
        var values = Enumerable.Range(0, random.Next(1, 6)).Select(i => builder.Input($"x{i}", Shape.Scalar)).ToList();
        for (int step = random.Next(1, 15); step >= 0; step--)
        {
            var (a, b) = (values[random.Next(values.Count)], values[random.Next(values.Count)]);
            int choice = random.Next(_unary.Length + (2 * _binary.Length));
            values.Add(choice < _unary.Length ? _unary[choice](a) : _binary[choice % _binary.Length](a, b));
        }

        return builder.Build([("value", values[^1])]).Prune();
    }
}
