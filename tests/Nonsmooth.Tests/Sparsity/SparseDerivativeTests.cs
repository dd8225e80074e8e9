using CsCheck;
using Nonsmooth.Sparsity;

namespace Nonsmooth.Tests.Sparsity;

/// <summary>Sparse derivatives are the dense ones, column by column, at kinks too.</summary>
public sealed class SparseDerivativeTests
{
    [Theory]
    [InlineData(SparseMode.Cheapest)]
    [InlineData(SparseMode.Forward)]
    [InlineData(SparseMode.Reverse)]
    public void AJacobianIsTheDenseOne(SparseMode mode)
    {
        var program = Chain(9);
        var sparse = SparseJacobian.Of(program, new SparseOptions { Mode = mode });
        Assert.Equal((8, 9, 16), (sparse.Pattern.Rows, sparse.Pattern.Columns, sparse.Pattern.Count));
        Assert.Equal((2, 2), sparse.Colours);
        for (int seed = 0; seed < 5; seed++)
        {
            double[] x = Point(9, seed);
            Assert.Equal(Dense(program, x), sparse.At(x).ToDense());
        }
    }

    [Fact]
    public void JacobiansOfRandomPrograms()
    {
        var trial =
            from program in RandomPrograms.Gen
            from seed in Gen.Int[0, 1 << 20]
            select (program, seed);
        trial.Sample(
            t =>
            {
                Program gradient = t.program.Backprop(new BackpropOptions());
                var random = new Random(t.seed);
                Array[] inputs = [.. gradient.Inputs.Select(i => (Array)new[] { (4 * random.NextDouble()) - 2 })];
                foreach (var mode in new[] { SparseMode.Forward, SparseMode.Reverse })
                {
                    double[] sparse = SparseJacobian.Of(gradient, new SparseOptions { Mode = mode }).At(inputs).ToDense();
                    double[] dense = mode == SparseMode.Forward ? Dense(gradient, inputs) : DenseByRows(gradient, inputs);
                    Assert.Equal(dense, sparse);
                }
            },
            iter: 20,
            threads: 1);
    }

    [Fact]
    public void OneFullRowIsSweptInReverse()
    {
        var program = Program.Trace(
            [("x", new Shape(40))],
            v => [("sum", Functions.Sin(v[0]).Sum()), ("parts", Relu(v[0]))]);
        var sparse = SparseJacobian.Of(program);
        Assert.Equal((SparseMode.Reverse, 40, 2), (sparse.Mode, sparse.Colours.Forward, sparse.Colours.Reverse));
        double[] x = Point(40, 3);
        Assert.Equal(Dense(program, x), sparse.At(x).ToDense());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AHessianIsTheDenseOne(bool substitution)
    {
        var program = Energy(13);
        var sparse = SparseHessian.Of(program, new SparseOptions { Substitution = substitution });
        Assert.Equal((13 * 3) - 2, sparse.Pattern.Count);
        Assert.InRange(sparse.Colouring.Count, 2, substitution ? 2 : 3);
        for (int seed = 0; seed < 8; seed++)
        {
            double[] x = Point(13, seed);
            double[] dense = Dense(program.Backprop(new BackpropOptions { KeepValues = false }), x);
            double[] found = sparse.At(x).ToDense();
            Assert.All(dense.Zip(found), p => Assert.True(substitution ? Math.Abs(p.First - p.Second) <= 1e-12 * (1 + Math.Abs(p.First)) : p.First == p.Second, $"{p.Second:R} for {p.First:R}"));
        }
    }

    [Fact]
    public void TheHessianOfScalarsGoesThroughLanes()
    {
        var program = Program.Trace((a, b, c) => Multiply(Sin(Multiply(a, b)), Functions.Exp(c)), Shape.Scalar, Shape.Scalar, Shape.Scalar);
        double[] dense = Dense(program.Backprop(new BackpropOptions { KeepValues = false }), new[] { 0.3 }, new[] { 1.2 }, new[] { -0.5 });
        double[] found = SparseHessian.Of(program).At(new[] { 0.3 }, new[] { 1.2 }, new[] { -0.5 }).ToDense();

        // Found from one side of the diagonal: the dense one's sides differ in their last bits.
        Assert.All(Enumerable.Range(0, 9), e => Assert.Contains(found[e], new[] { dense[e], dense[(e % 3 * 3) + (e / 3)] }));
    }

    [Fact]
    public void ThePatternIsThatOfTheRulesWhereValuesAreRounded()
    {
        var program = Program.Trace([("x", new Shape(3))], v => [("y", v[0].Builder.Apply(new Unary<Through>(default), v[0]))]);
        Assert.Equal(3, SparseJacobian.Of(program).Pattern.Count);
        var floor = Program.Trace([("x", new Shape(3))], v => [("y", Floor(v[0]))]);
        Assert.Equal(0, SparseJacobian.Of(floor).Pattern.Count);
    }

    [Fact]
    public void WhatDecidesByTheNumbersIsFull()
    {
        var program = Program.Trace([("x", new Shape(4))], v => [("y", v[0].Sort(0).Values)]);
        var sparse = SparseJacobian.Of(program);
        Assert.Equal(16, sparse.Pattern.Count);
        double[] x = [3, 1, 2, 1];
        Assert.Equal(Dense(program, x), sparse.At(x).ToDense());
    }

    [Fact]
    public void AHessianOfManyVariables()
    {
        const int Count = 2000;
        var sparse = SparseHessian.Of(Energy(Count));
        Assert.Equal(((3 * Count) - 2, 3), (sparse.Pattern.Count, sparse.Colouring.Count));
        double[] x = Point(Count, 5);
        var small = SparseHessian.Of(Energy(20)).At(x.AsSpan(0, 20).ToArray());
        var large = sparse.At(x);
        Assert.All(Enumerable.Range(1, 17), i => Assert.Equal(small[i, i + 1], large[i, i + 1]));
    }

    [Fact]
    public void WhatHasNoHessianIsSaid() =>
        Assert.Contains("one output", Assert.Throws<NonsmoothException>(() => SparseHessian.Of(Chain(4))).Message, StringComparison.Ordinal);

    private static Program Chain(int count) => Program.Trace(
        [("x", new Shape(count))],
        v => [("y", Maximum(Sin(Low(v[0], count)), Multiply(High(v[0], count), Relu(Low(v[0], count)))))]);

    // With kinks where neighbours are equal, and at 0.
    private static Program Energy(int count) => Program.Trace(
        [("x", new Shape(count))],
        v =>
        {
            var (low, high) = (Low(v[0], count), High(v[0], count));
            var links = Multiply(Functions.Abs(Subtract(high, low)), Square(low));
            return [("energy", Functions.Add(links.Sum(), Square(Relu(Sin(v[0]))).Sum()))];
        });

    private static Variable Low(Variable x, int count) => Slices.Range(x, 0, 0, count - 1);

    private static Variable High(Variable x, int count) => Slices.Range(x, 0, 1, count - 1);

    // At kinks too: halves, zeros and equal neighbours.
    private static double[] Point(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => seed % 2 == 0 ? Math.Round(2 * random.NextDouble() * 2) / 2 - 1 : (2 * random.NextDouble()) - 1)];
    }

    private static double[] Dense(Program program, params Array[] inputs)
    {
        var tangents = program.Forprop(new ForpropOptions { KeepValues = false });
        return Products(tangents, inputs, program.Inputs.Select(i => program.Types[i.Value].Shape.Elements).ToArray());
    }

    private static double[] DenseByRows(Program program, Array[] inputs)
    {
        var gradient = program.Backprop(new BackpropOptions { KeepValues = false, SeedInput = true });
        double[] transposed = Products(gradient, inputs, program.Outputs.Select(o => program.Types[o.Value].Shape.Elements).ToArray());
        int rows = program.Outputs.Count;
        return [.. Enumerable.Range(0, transposed.Length).Select(k => transposed[(k % (transposed.Length / rows) * rows) + (k / (transposed.Length / rows))])];
    }

    // A column a unit vector, over the inputs that come after the program's own.
    private static double[] Products(Program products, Array[] inputs, int[] seeds)
    {
        int columns = seeds.Sum();
        var found = new List<double[]>();
        for (int c = 0; c < columns; c++)
        {
            int at = 0;
            Array[] vector = [.. seeds.Select(s => (Array)Enumerable.Range(0, s).Select(_ => at++ == c ? 1.0 : 0).ToArray())];
            found.Add([.. Interpreter.Run<Float64>(products, [.. inputs, .. vector]).SelectMany(t => ((Tensor<double>)t).Elements)]);
        }

        return [.. Enumerable.Range(0, found[0].Length).SelectMany(r => found.Select(f => f[r]))];
    }

    // Rounds, and says that its slope is 1.
    private readonly record struct Through : IUnary
    {
        public string Name => "through";

        public T Value<T>(T x)
            where T : IScalar<T> => T.Round(x);

        public T Slope<T>(T x, T y, Selection selection)
            where T : IScalar<T> => T.FromDouble(1);
    }
}
