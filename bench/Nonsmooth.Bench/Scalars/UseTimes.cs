using Nonsmooth.Answers;
using Nonsmooth.Bench.Claims;
using Nonsmooth.Compiled;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.Solutions;
using Nonsmooth.Tensors;

namespace Nonsmooth.Bench.Scalars;

/// <summary>What runs one program again and again, interpreted and compiled, by the thread's own time: the first time, when it is compiled, and later ones.</summary>
internal static class UseTimes
{
    public static int Run()
    {
        var (check, point) = ScalarPrograms.Draw(10_000, 1);
        Time("gradient check of 10,000 operations", () => GradientCheck.Of(check, [.. point.Select(x => new[] { x })]).Label.ToString());
        Time("is 1 a minimum of Chebyshev-Rosenbrock 2, n = 12", () => Stationarity.At(Chebyshev(12), [Enumerable.Repeat(1.0, 12).ToArray()]).ToString());
        Time("fixed point of dimension 64, 200 steps", FixedPoint);
        Time("sparse logistic regression by proximal steps", Proximal);
        return 0;
    }

    private static void Time(string what, Func<string> run)
    {
        var timer = ThreadClock.Instance;
        long start = timer.GetTimestamp();
        _ = run();
        double first = timer.GetElapsedTime(start).TotalMilliseconds;
        double[] compiled = new double[5];
        double[] interpreted = new double[5];
        string answer = "";
        for (int round = 0; round < compiled.Length; round++)
        {
            start = timer.GetTimestamp();
            answer = run();
            compiled[round] = timer.GetElapsedTime(start).TotalMilliseconds;
            using (CompiledPrograms.Interpreting())
            {
                start = timer.GetTimestamp();
                if (run() != answer)
                {
                    throw new InvalidOperationException($"{what}: another answer");
                }

                interpreted[round] = timer.GetElapsedTime(start).TotalMilliseconds;
            }
        }

        Array.Sort(compiled);
        Array.Sort(interpreted);
        Taken.Note($"compiled-uses/{what}", compiled[2] / 1e3, interpreted[2] / 1e3);
        Console.WriteLine(FormattableString.Invariant(
            $"{what}: {interpreted[2]:F1} ms interpreted, {compiled[2]:F1} ms compiled ({compiled[0]:F1}–{compiled[^1]:F1}, the first time {first:F1}), {interpreted[2] / compiled[2]:F1} times as fast; {answer}"));
    }

    // |x₁ − 1|/4 + Σ |xᵢ₊₁ − 2|xᵢ| + 1|.
    private static Programs.Program Chebyshev(int n) => Programs.Program.Trace([("x", new Shape(n))], v =>
    {
        var (low, high) = (v[0].Slice(0, 0, n - 1), v[0].Slice(0, 1, n));
        var links = Functions.Abs(high - (2 * Functions.Abs(low)) + 1);
        return [("f", Functions.Add(0.25 * Functions.Abs(v[0].Slice(0, 0, 1) - 1).Sum(), links.Sum()))];
    });

    // T(W, b, x) = tanh(Wx + b) whose contraction takes some two hundred steps, with the derivative.
    private static string FixedPoint()
    {
        const int n = 64;
        var random = new Random(1);
        double[] w = [.. Enumerable.Range(0, n * n).Select(i => (i / n == i % n ? 0.86 : 0) + (0.002 * (random.NextDouble() - 0.5)))];
        double[] b = [.. Enumerable.Range(0, n).Select(_ => 0.001 * random.NextDouble())];
        var map = Equilibrium.Layer(n);
        var problem = new Problem([new Shape(n, n), new Shape(n)], [w, b]);
        var solution = map.Solve(problem);
        return FormattableString.Invariant($"{solution.Iterations} steps, first {solution.Values[0][0]:G6}");
    }

    // Soft thresholding of a step of the logistic loss of 100 examples of 20 numbers.
    private static string Proximal()
    {
        const int m = 100;
        const int n = 20;
        var random = new Random(2);
        double[] a = [.. Enumerable.Range(0, m * n).Select(_ => (2 * random.NextDouble()) - 1)];
        double[] y = [.. Enumerable.Range(0, m).Select(_ => random.Next(2) == 0 ? -1.0 : 1.0)];
        var step = Programs.Program.Trace(
            (rows, signs, x) =>
            {
                var margins = Functions.Multiply(signs, Functions.MatMul(rows, x.Reshape(new Shape(n, 1))).Reshape(new Shape(m)));
                var weights = Functions.Multiply(signs, Functions.Sigmoid(Functions.Negate(margins)));
                var gradient = Functions.MatMul(weights.Reshape(new Shape(1, m)), rows).Reshape(new Shape(n));
                var moved = Functions.Add(x, Functions.Scale(gradient, 0.05));
                return Functions.Subtract(moved, Functions.Clamp(moved, -0.1, 0.1));
            },
            new Shape(m, n), new Shape(m), new Shape(n));
        var map = new FixedPoint(step);
        var solution = map.Solve(new Problem([new Shape(m, n), new Shape(m)], [a, y]));
        return FormattableString.Invariant($"{solution.Iterations} steps, {solution.Values[0].Count(v => v != 0)} of {n} are not 0");
    }
}
