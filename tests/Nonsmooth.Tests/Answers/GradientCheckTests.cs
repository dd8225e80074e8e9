using Nonsmooth.Answers;
using Nonsmooth.Tests.Dictionary;

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

    [Fact]
    public void EveryPlantedWrongRuleIsFound()
    {
        var missed = new List<string>();
        foreach (var rule in WrongRules.All)
        {
            var answer = GradientCheck.Of(rule.Function, rule.Claim, rule.Point);
            output.WriteLine($"{rule.Name}: {answer.Label}, {answer.Reason}");
            if (answer.Passes)
            {
                missed.Add($"{rule.Name}: {answer.Label}, {answer.Reason}");
            }
        }

        Assert.True(WrongRules.All.Count >= 40);
        Assert.Empty(missed);
    }

    [Fact]
    public void NoFalseAlarmOnSmoothPrograms()
    {
        var random = new Random(1);
        var labels = new Dictionary<GradientLabel, int>();
        for (int trial = 0; trial < 10_000; trial++)
        {
            var program = Smooth(random);
            double[][] point = [.. program.Inputs.Select(_ => new[] { (4 * random.NextDouble()) - 2 })];
            var answer = GradientCheck.Of(program, point, new GradientCheckOptions { Directions = 2, Seed = (ulong)trial });
            Assert.True(answer.Passes, $"{trial}: {answer.Reason}\n{program}");
            labels[answer.Label] = labels.GetValueOrDefault(answer.Label) + 1;
        }

        output.WriteLine(string.Join(", ", labels.Select(l => $"{l.Key}: {l.Value}")));
        Assert.True(labels[GradientLabel.Gradient] >= 9_900);
    }

    [Fact]
    public void NoFalseAlarmOnTheDictionaryAtRandomPointsAndAtTies()
    {
        var labels = new Dictionary<GradientLabel, int>();
        foreach (var row in StandardDictionary.Rows)
        {
            var program = RuleChecker.Traced(row);
            if (program.Inputs.All(i => program.Types[i.Value].Kind != ElementKind.Real)
                || program.Outputs.All(o => program.Types[o.Value].Kind != ElementKind.Real))
            {
                continue;
            }

            for (int seed = 0; seed < 6; seed++)
            {
                var inputs = RuleChecker.Draw(row, seed);
                bool isPool = row.Function is MaxPoolScatter or MaxPoolPick;
                if (seed % 2 == 1 && !isPool)
                {
                    inputs = [.. inputs.Select((a, i) => a is double[] reals && row.Arguments[i].Low < 0 ? Array.ConvertAll(reals, Math.Round) : a)];
                }

                var answer = GradientCheck.Of(program, inputs, new GradientCheckOptions { Directions = 3 });
                Assert.True(answer.Passes, $"{row}, seed {seed}: {answer.Label}, {answer.Reason}");
                Assert.True(seed % 2 == 1 || answer.Label == GradientLabel.Gradient, $"{row}: {answer.Label}, {answer.Reason}");
                labels[answer.Label] = labels.GetValueOrDefault(answer.Label) + 1;
            }
        }

        output.WriteLine(string.Join(", ", labels.Select(l => $"{l.Key}: {l.Value}")));
        Assert.True(labels[GradientLabel.Clarke] >= 10);
    }

    [Fact]
    public void SelectionsOutsideClarkesSetAreToldApart()
    {
        var program = Program.Trace(x => x.Max(), new Shape(3));
        double[][] tied = [[1, 1, 1]];
        Assert.Equal(GradientLabel.Clarke, Label(TieRule.Average));
        Assert.Equal(GradientLabel.Clarke, Label(TieRule.Last));
        Assert.Equal(GradientLabel.ConservativeOnly, Label(TieRule.Beta(3)));
        Assert.Equal(GradientLabel.Wrong, Label(TieRule.Custom("all", (_, _) => 1)));

        GradientLabel Label(TieRule rule) => GradientCheck.Of(
            program, tied, new GradientCheckOptions { Selection = Selection.Default with { ReduceMaximumTies = rule } }).Label;
    }

    [Fact]
    public void KinkedProgramsPassWithTheirClarkeGradients()
    {
        foreach (var (name, program, point) in KinkedPrograms.All)
        {
            double[] gradient = Clarke.At(program, [point]).Gradient[0];
            var answer = GradientCheck.Of(x => ((Tensor<double>)Interpreter.Run<Float64>(program, x)[0])[0], _ => gradient, point);
            Assert.True(answer.Label is GradientLabel.Clarke or GradientLabel.Gradient, $"{name}: {answer.Label}, {answer.Reason}");
        }
    }

    [Fact]
    public void ManyVariablesAreChecked()
    {
        var random = new Random(3);
        double[] x = [.. Enumerable.Range(0, 100).Select(i => i % 7 == 0 ? 0 : random.NextDouble() - 0.5)];
        Assert.Equal(GradientLabel.Clarke, GradientCheck.Of(f => f.Sum(Math.Abs), f => [.. f.Select(v => v < 0 ? -1.0 : 1)], x).Label);
        Assert.Equal(GradientLabel.Wrong, GradientCheck.Of(f => f.Sum(Math.Abs), f => [.. f.Select(v => v < 0.3 ? -1.0 : 1)], x).Label);
    }

    [Fact]
    public void AJumpIsNotDecided() =>
        Assert.Equal(GradientLabel.Undecided, GradientCheck.Of(x => Math.Floor(x[0]), _ => [0], [1.0]).Label);

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
