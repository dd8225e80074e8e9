using Nonsmooth.Answers;

namespace Nonsmooth.Tests.Answers;

public sealed class DirectionalDerivativesTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    public void TheirGradientIsAMatrixProduct(int p)
    {
        // Source: complexity specification, 3.1, theorem D1.
        var program = Program.Trace(
            [("a", new Shape(p, p)), ("b", new Shape(p)), ("c", new Shape(p))],
            v =>
            {
                var u = MatMul(v[0], v[1].Reshape(new Shape(p, 1))).Reshape(new Shape(p));
                return [("value", Scale(Abs(v[2] + u) - Abs(v[2] - u), 0.5).Sum())];
            });
        var directional = DirectionalDerivatives.Emit(program, p, new AnswerOptions { WithRespectTo = ["b", "c"] });
        var sum = Program.Trace(
            [.. directional.Inputs.Select(i => (i.Name, directional.Types[i.Value]))],
            v => [("sum", v[0].Builder.Inline(directional, [.. v]).Skip(1).Aggregate((x, y) => x + y))]);
        var random = new Random(p);
        double[][] b = [.. Enumerable.Range(0, p).Select(_ => Draw(random, p, 0.5, 1))];
        double[][] c = [.. Enumerable.Range(0, p).Select(_ => Draw(random, p, 0.5, 1))];
        var inputs = new List<Array> { Draw(random, p * p, 0, 0.1 / p), new double[p], new double[p] };
        for (int j = 0; j < p; j++)
        {
            inputs.AddRange([b[j], c[j]]);
        }

        var gradient = ((Tensor<double>)Interpreter.Run<Float64>(sum.Backprop("a"), inputs)[1]).Elements;
        double error = 0;
        for (int i = 0; i < p; i++)
        {
            for (int k = 0; k < p; k++)
            {
                double expected = Enumerable.Range(0, p).Sum(j => Math.Sign(c[j][i]) * b[j][k]);
                error = Math.Max(error, Math.Abs(expected - gradient[(i * p) + k]));
            }
        }

        output.WriteLine($"p = {p}: error {error:E1}");
        Assert.InRange(error, 0, 1e-12);
    }

    [Fact]
    public void EachDirectionDecidesForItself()
    {
        var program = Program.Trace(x => Abs(x).Sum(), new Shape(2));
        var answer = DirectionalDerivatives.At(program, [new double[2]], [[new double[] { 1, -1 }], [new double[] { -2, 3 }]]);
        Assert.Equal(new double[] { 2, 5 }, answer.Scalars);
        Assert.Null(answer.Doubt);
    }

    [Fact]
    public void PricedAtNeitherMoreNorLessThanTheTheory()
    {
        var program = TernaryNetwork.Draw(new Random(5), 3, 5).Trace();
        var model = new UnitModel(1);
        Assert.Equal(model.Forprop(program, 7), DirectionalDerivatives.Price(program, 7));
        var e = Assert.Throws<NonsmoothException>(() => DirectionalDerivatives.At(
            program, [.. program.Inputs.Select(_ => new double[1])], [], new DirectionsOptions { MaxRatio = 0.1 }));
        Assert.Contains("above the limit", e.Message, StringComparison.Ordinal);
    }

    // Of a random sign and a size in between.
    private static double[] Draw(Random random, int count, double low, double high) =>
        [.. Enumerable.Range(0, count).Select(_ => ((2 * random.Next(2)) - 1) * (low + ((high - low) * random.NextDouble())))];
}
