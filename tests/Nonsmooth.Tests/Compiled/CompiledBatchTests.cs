using CsCheck;
using Nonsmooth.Compiled;

namespace Nonsmooth.Tests.Compiled;

public sealed class CompiledBatchTests
{
    private const int Points = 21;

    [Fact]
    public void EachPointHasTheBitsOfARunOnItAlone()
    {
        var trial =
            from program in RandomPrograms.Gen
            from seed in Gen.Int[0, 1 << 20]
            select (program, seed);
        trial.Sample(
            t =>
            {
                Program gradient = t.program.Backprop(new BackpropOptions());
                Check<double>(gradient, t.seed);
                Check<float>(gradient, t.seed);
            },
            iter: 25,
            threads: 1);
    }

    [Fact]
    public void EveryFunctionOfNumbersInLanes()
    {
        var program = Program.Trace(
            [("x", new Shape(4))],
            x => [("y", Sum(x[0]))]);
        Check<double>(program, 3);
        Check<float>(program, 4);

        static Variable Sum(Variable x)
        {
            Func<Variable, Variable>[] functions =
                [Exp, Functions.ExpM1, Log, Functions.LogP1, Tanh, Sigmoid, Sin, Cos, Functions.Erf, Functions.Erfc, Sqrt, Functions.Rsqrt, Floor, Round, x => Gelu(x), Functions.Atan, Relu6, Functions.Abs];
            return functions.Aggregate(Functions.Pow(x, x), (sum, f) => Maximum(Divide(sum, Add(Square(f(x)), 1)), Minimum(sum, f(x)))).Sum();
        }
    }

    [Fact]
    public void WhatCannotGoSideBySideIsNamed()
    {
        var sorted = Program.Trace([("x", new Shape(4))], x => [("y", x[0].Sort(0).Values)]);
        Assert.Contains("sort", Assert.Throws<NonsmoothException>(CompiledProgram<double>.Of(sorted).Batch).Message, StringComparison.Ordinal);
        var sum = CompiledProgram<double>.Of(Program.Trace([("x", new Shape(4))], x => [("y", x[0].Sum())])).Batch();
        Assert.Contains("points of 4", Assert.Throws<NonsmoothException>(() => sum.Run(new double[9], new double[2])).Message, StringComparison.Ordinal);
    }

    private static void Check<T>(Program program, int seed)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var compiled = CompiledProgram<T>.Of(program);
        var batch = compiled.Batch();
        var random = new Random(seed);
        T[] points = [.. Enumerable.Range(0, Points * batch.Numbers).Select(i => T.CreateTruncating(
            i % 5 == 0 ? ((double[])SameBits.Degenerate(Shape.Scalar, seed + i))[0] : (6 * random.NextDouble()) - 3))];
        var results = new T[Points * batch.Results];
        var shared = new T[results.Length];
        batch.Run(points, results);
        batch.Run(points, shared, threads: 3);
        var run = compiled.Start();
        for (int p = 0; p < Points; p++)
        {
            points.AsSpan(p * batch.Numbers, batch.Numbers).CopyTo(run.Given);
            run.Execute();
            int at = p * batch.Results;
            for (int o = 0; o < program.Outputs.Count; o++)
            {
                foreach (var expected in run.Output(o))
                {
                    Assert.True(expected.Equals(results[at]) && expected.Equals(shared[at]) && T.IsNegative(expected) == T.IsNegative(results[at]) | T.IsNaN(expected), $"point {p}: {results[at]} for {expected}");
                    at++;
                }
            }
        }
    }
}
