using System.Diagnostics;
using Nonsmooth.Selections;

namespace Nonsmooth.Solutions.Tests.Maps;

public sealed class QuadraticProgramTests
{
    // z = min(h, −q) of ½z² + qz over z ≤ h: at h = −q the constraint is weakly active.
    [Theory]
    [InlineData(ActivityRule.Inactive, -1, 0)]
    [InlineData(ActivityRule.Active, 0, 1)]
    public void TheSelectionDecidesAtAWeaklyActiveConstraint(ActivityRule rule, double ofLinear, double ofBound)
    {
        var program = Nonsmooth.Programs.Program.Trace(
            (q, c, g, h) => Solve.QuadraticProgram(q, c, g, h), new Shape(1, 1), new Shape(1), new Shape(1, 1), new Shape(1));
        var backward = program.Backprop(new BackpropOptions { KeepValues = false, Selection = Selection.Default with { WeaklyActive = rule } });
        var gradient = Interpreter.Run<Float64>(backward, (Array[])Array.ConvertAll<double, double[]>([1, -2, 1, 2, 1], v => [v]));
        Assert.Equal(ofLinear, ((Tensor<double>)gradient[1])[0], 12);
        Assert.Equal(ofBound, ((Tensor<double>)gradient[3])[0], 12);
    }

    [Fact]
    public void OneSidedDerivativesOfAMinimumAreItsSlopes()
    {
        var one = new Shape(1);
        var report = new QuadraticProgram().Report(
        [
            Tensor.Of(new Shape(1, 1), [1.0]), Tensor.Of(one, [-2.0]), Tensor.Of(new Shape(1, 1), [1.0]), Tensor.Of(one, [2.0]),
            new Tensor<double>(new Shape(0, 1)), new Tensor<double>(new Shape(0)),
        ])[0];
        Assert.Equal([0], report.WeaklyActive);
        Assert.Equal(Invertibility.AllElements, report.Invertibility);
        var (right, left) = report.OneSided([[0], [0], [0], [1], [], []]);
        Assert.Equal(0, right[0][0], 12);
        Assert.Equal(1, left[0][0], 12);
        Assert.True(double.IsInfinity(report.Bound([[1], [0], []]).Bound));
    }

    [Fact]
    public void TheBackwardPassCostsLessThanTheForward()
    {
        Shape[] shapes = [new(20, 20), new(20), new(30, 20), new(30), new(4, 20), new(4)];
        var map = new QuadraticProgram();
        Assert.True(map.DerivativeCount(shapes).Total < map.SolveCount(shapes).Total / 3);
    }

    [Fact]
    public void MeasuredTheBackwardPassTakesLessThanTheForward()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("NONSMOOTH_TIMED") == "1", "goes by the clock: set NONSMOOTH_TIMED=1");
        var problem = Timed(new CounterRandom(3), 40, 50, 5);
        var map = new QuadraticProgram();
        var shapes = problem.Select(a => a.Shape).ToArray();
        var one = new Problem(shapes, [.. problem.Select(a => a.Elements)]);
        var solution = map.Solve(one);
        double[][] cotangents = [.. solution.Values.Select(v => Array.ConvertAll(v, _ => 1.0))];
        double forward = Shortest(() => map.Solve(one));
        double backward = Shortest(() => map.Differentiate(one, solution, ActivityRule.Inactive).Cotangent(cotangents));
        Console.WriteLine($"QP 40/50/5: forward {forward:F3} ms, backward {backward:F3} ms");
        Assert.True(backward < forward, $"forward {forward} ms, backward {backward} ms");
    }

    private static double Shortest(Action run)
    {
        double least = double.PositiveInfinity;
        for (int i = 0; i < 30; i++)
        {
            long begin = Stopwatch.GetTimestamp();
            run();
            least = Math.Min(least, Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }

        return least;
    }

    private static Tensor<double>[] Timed(CounterRandom random, int n, int m, int p)
    {
        var g = Drawn.Normal(random, "G", m, n);
        var a = Drawn.Normal(random, "A", p, n);
        return
        [
            Drawn.Definite(random, "Q", n, 0.5), Drawn.Normal(random, "q", n), g, Drawn.Uniform(random, "h", 0.1, 1, m),
            a, new Tensor<double>(new Shape(p)),
        ];
    }
}
