using Nonsmooth.Compiled;

namespace Nonsmooth.Tests.Compiled;

public sealed class CompiledTensorTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(32)]
    public void ASmallNetworkAndItsGradient(int batch)
    {
        var gradient = Perceptron(batch);
        Assert.Empty(CompiledProgram<double>.Of(gradient).Interpreted);
        Assert.Null(SameBits.Difference(gradient, Inputs(gradient, batch)));
    }

    [Fact]
    public void LoopsOverElementsOfEveryLength()
    {
        for (int n = 1; n < 70; n += 3)
        {
            var program = Program.Trace(
                [("x", new Shape(n)), ("y", new Shape(n))],
                v =>
                {
                    var mask = Functions.Less(v[0], v[1]);
                    var both = Functions.Where(mask, Relu(v[0]), Maximum(Sin(v[1]), v[0]));
                    return [("mask", mask), ("both", both), ("sum", Multiply(both, Exp(Minimum(v[0], v[1]))).Sum())];
                });
            var gradient = program.Only("sum").Backprop(new BackpropOptions());
            Array[] inputs = [SameBits.Degenerate(new Shape(n), n), Inputs(program, n)[1]];
            var options = new CompileOptions { LeastLooped = 2 };
            Assert.Null(SameBits.Difference(program, inputs, options));
            Assert.Null(SameBits.Difference(gradient, Inputs(gradient, n), options));
        }
    }

    [Fact]
    public void ProductsOfEveryShape()
    {
        var random = new Random(2);
        for (int trial = 0; trial < 60; trial++)
        {
            var (m, k, n) = (random.Next(1, 12), random.Next(1, 9), random.Next(1, 40));
            var (left, right) = (trial % 2 == 0, trial % 3 == 0);
            var program = Program.Trace(
                [("a", left ? new Shape(2, k, m) : new Shape(2, m, k)), ("b", right ? new Shape(2, n, k) : new Shape(2, k, n))],
                v => [("y", v[0].Builder.Apply(new MatMul(left, right), v[0], v[1]))]);
            Assert.Null(SameBits.Difference(program, Inputs(program, trial), new CompileOptions { LeastLooped = 0 }));
        }
    }

    [Fact]
    public void ARunAllocatesNothing()
    {
        var gradient = Perceptron(8);
        var run = CompiledProgram<float>.Of(gradient).Start();
        Array[] inputs = Inputs(gradient, 1);
        for (int i = 0; i < inputs.Length; i++)
        {
            run.Set(i, inputs[i]);
        }

        run.Execute();
        long before = GC.GetAllocatedBytesForCurrentThread();
        run.Execute();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public async Task OneProgramRunsInSeveralThreads()
    {
        var gradient = Perceptron(3);
        var compiled = CompiledProgram<double>.Of(gradient);
        var ct = TestContext.Current.CancellationToken;
        string?[] differences = await Task.WhenAll(Enumerable.Range(0, 8).Select(seed => Task.Run(
            () => SameBits.Difference<Float64>(gradient, i => compiled.Run(i), Inputs(gradient, seed)), ct)));
        Assert.All(differences, Assert.Null);
    }

    private static GradientProgram Perceptron(int batch) => Program.Trace(
        [("x", new Shape(batch, 10)), ("t", new Shape(batch, 1)), ("a", new Shape(32, 10)), ("p", new Shape(32)), ("b", new Shape(32, 32)), ("q", new Shape(32)), ("c", new Shape(1, 32)), ("r", new Shape(1))],
        v =>
        {
            var h = Relu(Functions.Linear(v[0], v[2], v[3]));
            h = Relu(Functions.Linear(h, v[4], v[5]));
            return [("loss", Square(Subtract(Functions.Linear(h, v[6], v[7]), v[1])).Mean())];
        }).Backprop(new BackpropOptions { WithRespectTo = ["a", "p", "b", "q", "c", "r"] });

    private static Array[] Inputs(Program program, int seed)
    {
        var random = new Random(seed);
        return [.. program.Inputs.Select(i => Enumerable.Range(0, program.Types[i.Value].Shape.Elements).Select(_ => (2 * random.NextDouble()) - 1).ToArray())];
    }
}
