using CsCheck;
using Nonsmooth.Answers;

namespace Nonsmooth.Tests.Answers;

public sealed class ClarkeTests(ITestOutputHelper output)
{
    [Trait("Speed", "Slow")]
    [Fact]
    public void IsTheGradientNearbyOnRandomTernaryNetworks()
    {
        var random = new Random(1);
        double largest = 0;
        for (int trial = 0; trial < 1000; trial++)
        {
            var network = TernaryNetwork.Draw(random, random.Next(2, 6), 6);
            double[][] zeros = [.. Enumerable.Range(0, network.Inputs).Select(_ => new double[1])];
            var answer = Clarke.At(network.Trace(), zeros, new AnswerOptions { Seed = (ulong)trial });
            Assert.True(answer.IsCertified, answer.Doubt);
            double[] v = [.. answer.Direction.Select(d => d[0])];
            double[] gradient = network.GradientAt(v);
            Assert.Equal(gradient, answer.Gradient.Select(g => g[0]));
            Assert.Equal(gradient.Zip(v, (g, d) => g * d).Sum(), answer.DirectionalDerivative, 9);
            largest = Math.Max(largest, answer.Cost.Ratio);
        }

        output.WriteLine($"largest cost ratio {largest:F3}");
        Assert.InRange(largest, 1, 9);
    }

    [Fact]
    public void TheIdentityWrittenWithReluHasDerivativeOne()
    {
        var program = Program.Trace(x => Relu(x) - Relu(Negate(x)), Shape.Scalar);
        for (ulong seed = 0; seed < 20; seed++)
        {
            Assert.Equal(1, Clarke.At(program, [new double[1]], new AnswerOptions { Seed = seed }).Gradient[0][0]);
        }

        Assert.Equal(0, ((Tensor<double>)Interpreter.Run<Float64>(program.Backprop("x"), [new double[1]])[1])[0]);
    }

    [Fact]
    public void EveryKindOfKinkGivesTheGradientNearby()
    {
        double ratio = 0;
        foreach (var (name, program, point) in KinkedPrograms.All)
        {
            for (ulong seed = 0; seed < 10; seed++)
            {
                var answer = Clarke.At(program, [point], new AnswerOptions { Seed = seed });
                Assert.True(answer.IsCertified, $"{name}: {answer.Doubt}");
                const double t = 1e-7;
                double[] near = [.. point.Zip(answer.Direction[0], (x, v) => x + (t * v))];
                var expected = ((Tensor<double>)Interpreter.Run<Float64>(program.Backprop("x"), near)[1]).Elements;
                for (int i = 0; i < near.Length; i++)
                {
                    Assert.True(Math.Abs(expected[i] - answer.Gradient[0][i]) <= 1e-5, $"{name}: {expected[i]} and {answer.Gradient[0][i]}");
                }

                double slope = (Value(program, near) - Value(program, point)) / t;
                Assert.True(Math.Abs(slope - answer.DirectionalDerivative) <= 1e-5, $"{name}: {slope} and {answer.DirectionalDerivative}");
                ratio = answer.Cost.Ratio;
            }

            output.WriteLine($"{name}: {ratio:F2}");
        }
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void OnRandomProgramsItStaysWithinItsPriceAndIsBackpropWhereSelectionsDoNotMatter()
    {
        var (largest, probe, compared) = (0.0, 0.0, 0);
        foreach (var program in RandomPrograms.Gen.Array[1000].Single().Where(p => p.Nodes.Count > 0))
        {
            double[][] point = [.. program.Inputs.Select((_, i) => new[] { i % 3 == 0 ? 0 : 0.3 + (0.1 * i) })];
            var clarke = Clarke.At(program, point);
            var ambiguity = Ambiguity.At(program, point);
            (largest, probe) = (Math.Max(largest, clarke.Cost.Ratio), Math.Max(probe, ambiguity.Cost.Ratio));
            if (ambiguity.Ambiguous == Verdict.No && clarke.IsCertified)
            {
                compared++;
                for (int i = 0; i < point.Length; i++)
                {
                    double expected = ambiguity.First[i][0];
                    Assert.True(Math.Abs(expected - clarke.Gradient[i][0]) <= 1e-9 * (1 + Math.Abs(expected)), program.ToString());
                }
            }
        }

        output.WriteLine($"largest cost ratios: Clarke {largest:F3}, ambiguity {probe:F3}; {compared} compared");
        Assert.InRange(largest, 1, 9);
        Assert.InRange(probe, 1, 9);
        Assert.True(compared > 500);
    }

    [Theory]
    [InlineData("higher order")]
    [InlineData("jump")]
    [InlineData("infinite")]
    public void DoubtsAreSaid(string which)
    {
        var (program, point, word) = which switch
        {
            "higher order" => (Program.Trace(x => Relu(Square(x) - Square(Square(x))), Shape.Scalar), 0.0, "first order"),
            "jump" => (Program.Trace(x => Where(Greater(x, 0), x, 0), Shape.Scalar), 0.0, "decision"),
            _ => (Program.Trace(x => Sqrt(Abs(x)), Shape.Scalar), 0.0, "finite"),
        };
        var answer = Clarke.At(program, [new[] { point }]);
        Assert.False(answer.IsCertified);
        Assert.Contains(word, answer.Doubt, StringComparison.Ordinal);
    }

    private static double Value(Program program, double[] x) => ((Tensor<double>)Interpreter.Run<Float64>(program, x)[0])[0];
}
