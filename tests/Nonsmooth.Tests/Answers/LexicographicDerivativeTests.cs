using Nonsmooth.Answers;

namespace Nonsmooth.Tests.Answers;

public sealed class LexicographicDerivativeTests
{
    [Fact]
    public void AlongUnitVectorsItIsTheGradientAtALexicographicallyNearPoint()
    {
        foreach (var (name, program, point) in KinkedPrograms.All.Where(p => p.Name is not ("norms" or "norm pool")))
        {
            var answer = LexicographicDerivative.At(program, [point], LexicographicDerivative.UnitVectors(program));
            double[] near = [.. point.Select((x, i) => x + Math.Pow(1e-3, i + 1))];
            var expected = ((Tensor<double>)Interpreter.Run<Float64>(program.Backprop("x"), near)[1]).Elements;
            for (int i = 0; i < near.Length; i++)
            {
                Assert.True(Math.Abs(expected[i] - answer.Scalars[i]) <= 0.02 * (1 + Math.Abs(expected[i])), $"{name}: {string.Join(" ", expected)} and {string.Join(" ", answer.Scalars)}");
            }
        }
    }

    [Fact]
    public void TheTwoNormTakesItsFirstDirection()
    {
        var program = Program.Trace(x => x.Norm(2), new Shape(2));
        var answer = LexicographicDerivative.At(program, [new double[2]], [[new double[] { 3, 4 }], [new double[] { 1, 0 }]]);
        Assert.Equal(5, answer.Scalars[0], 12);
        Assert.Equal(0.6, answer.Scalars[1], 12);
    }

    [Fact]
    public void TooManyDirectionsAreRefusedWithTheirPrice()
    {
        var program = Program.Trace(x => Relu(x).Sum(), new Shape(500));
        var e = Assert.Throws<NonsmoothException>(() => LexicographicDerivative.At(
            program, [new double[500]], LexicographicDerivative.UnitVectors(program), new DirectionsOptions { MaxRatio = 100 }));
        Assert.Contains("500 directions", e.Message, StringComparison.Ordinal);
    }
}
