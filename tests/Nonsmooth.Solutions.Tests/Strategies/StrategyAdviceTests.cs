using Nonsmooth.Cost;
using Nonsmooth.Dictionary;

namespace Nonsmooth.Solutions.Tests.Strategies;

public sealed class StrategyAdviceTests
{
    [Theory]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public void ErrorsOfTruncationAreThePredictedPowersOfTheContraction(double contraction)
    {
        var step = Nonsmooth.Programs.Program.Trace((b, x) => (contraction * x) + b, new Shape(3), new Shape(3));
        var problem = new[] { Tensor.Of(new Shape(3), [1.0, 2, 3]) };
        double exact = 1 / (1 - contraction);
        var advice = StrategyAdvice.For(new FixedPoint(step), contraction, accuracy: 1e-6);
        foreach (var price in advice.Prices)
        {
            var derivative = (new FixedPoint(step) { Strategy = price.Strategy }).Report(problem)[0].Derivative;
            double error = Math.Abs(derivative.Cotangent([[1, 1, 1]])[0][0] - exact) / exact;
            Assert.True(error <= Math.Max(1.0000001 * price.Error, 1e-12), $"{price.Strategy}: {error}, predicted {price.Error}");
            Assert.True(price.Strategy is ImplicitDense or Krylov || error >= 0.99 * price.Error, $"{price.Strategy}: {error}, predicted {price.Error}");
        }
    }

    [Fact]
    public void TheBoundOfAGradientHasItsTruncationInIt()
    {
        var step = Nonsmooth.Programs.Program.Trace((b, x) => Functions.Tanh((0.7 * x) + b), new Shape(3), new Shape(3));
        var problem = new[] { Tensor.Of(new Shape(3), [0.1, 0.2, -0.3]) };
        var truth = new FixedPoint(step).Report(problem)[0].Derivative.Cotangent([[1, 1, 1]]);
        foreach (var strategy in (Strategy[])[Strategy.OneStep, new Neumann(4), new Unrolled(3), new Krylov(1e-4)])
        {
            var bound = (new FixedPoint(step) { Strategy = strategy }).Report(problem)[0].Bound([[1, 1, 1]]);
            double error = Dense.Distance(bound.Gradient, truth);
            // The truth itself is a solve to 1e-13.
            Assert.True(error <= bound.Bound + 1e-11 && bound.Bound <= (2 * error) + 1e-10, $"{strategy}: {error}, bound {bound.Bound}");
        }
    }

    [Fact]
    public void DensePricesAreTheFormulaOfTheTable()
    {
        const int n = 7;
        var step = Layer(n);
        var advice = StrategyAdvice.For(new FixedPoint(step), 0.5, algebra: 1);
        var model = new UnitModel(1);
        var dense = advice.Prices.Single(p => p.Strategy is ImplicitDense);
        double sweep = model.Cost(step.Backprop(new BackpropOptions { KeepValues = false }).Count());
        double tangent = model.Cost(step.Forprop(new ForpropOptions { KeepValues = false }).Count());
        double linear = (2 * ((n * n * n) - n) / 3.0) + (n * (n - 1) / 2 * 2) + (2 * ((2 * n * (n - 1)) + (2 * n))) + (2 * n * n);
        Assert.Equal((n * tangent) + linear + sweep, dense.Work, 6);
        Assert.Equal(sweep + n, advice.Prices.Single(p => p.Strategy == Strategy.OneStep).Work, 6);
    }

    [Theory]
    [InlineData(2, 0.99, typeof(Krylov))]
    [InlineData(60, 0.99, typeof(Krylov))]
    [InlineData(100, 0.1, typeof(Neumann))]
    public void SlowContractionsAreSolvedAndFastContractionsAreSummed(int size, double contraction, Type expected) =>
        Assert.IsType(expected, StrategyAdvice.For(new FixedPoint(Layer(size)), contraction).Recommended.Strategy);

    // Its sweeps cost less than making their directions orthogonal.
    [Fact]
    public void ASlowContractionOfFewOperationsIsFactored()
    {
        var step = Nonsmooth.Programs.Program.Trace((b, x) => (0.99 * x) + b, new Shape(50), new Shape(50));
        Assert.IsType<ImplicitDense>(StrategyAdvice.For(new FixedPoint(step), 0.99).Recommended.Strategy);
    }

    // Of a random matrix, whose eigenvalues fill a disc, the step counts of GMRES are those that the price assumes.
    [Theory]
    [InlineData(40, 0.95, 1e-4)]
    [InlineData(40, 0.6, 1e-8)]
    [InlineData(80, 0.9, 1e-6)]
    public void KrylovPricesAssumeTheIterationsThatAreMade(int n, double contraction, double accuracy)
    {
        var random = new CounterRandom(11);
        var w = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(n, n, (i, j) => random.Normal((ulong)((i * n) + j)));
        w *= contraction / w.Evd().EigenValues.Max(e => e.Magnitude);
        double[] right = [.. Enumerable.Range(0, n).Select(i => random.Derive("right").Normal((ulong)i))];
        int made = 0;
        var (x, iterations) = Gmres.Solve(Product, right, accuracy, n);
        Assert.Equal(iterations, made);
        Assert.True(Product(x).Zip(right, (a, b) => (a - b) * (a - b)).Sum() <= 1.01 * accuracy * accuracy * right.Sum(b => b * b));
        var step = Nonsmooth.Programs.Program.Trace((b, x) => (contraction * x) + b, new Shape(n), new Shape(n));
        double words = StrategyAdvice.For(new FixedPoint(step), contraction, accuracy: accuracy).Prices.Single(p => p.Strategy is Krylov).Memory;
        double assumed = Math.Floor(words / n) - 3;
        Assert.InRange(assumed / iterations, 0.8, 1.25);

        double[] Product(double[] v)
        {
            made++;
            return [.. MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(v) - (w * MathNet.Numerics.LinearAlgebra.Vector<double>.Build.Dense(v))];
        }
    }

    [Fact]
    public void AMemoryThatNothingFitsIsRefused() =>
        Assert.Contains("words", Assert.Throws<NonsmoothException>(() => StrategyAdvice.For(new FixedPoint(Layer(4)), 0.5, memory: 1)).Message, StringComparison.Ordinal);

    private static Nonsmooth.Programs.Program Layer(int n) => Nonsmooth.Programs.Program.Trace(
        (w, b, x) => Functions.Tanh(Functions.MatMul(w, x.Reshape(new Shape(n, 1))).Reshape(new Shape(n)) + b),
        new Shape(n, n), new Shape(n), new Shape(n));
}
