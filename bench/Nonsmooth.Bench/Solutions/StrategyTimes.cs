using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.Randomness;
using Nonsmooth.Selections;
using Nonsmooth.Solutions;
using Nonsmooth.Tensors;

namespace Nonsmooth.Bench.Solutions;

/// <summary>The strategy that is recommended for a fixed point's vjp against the fastest, on 30 points; a quadratic program's vjp against its solve.</summary>
internal static class StrategyTimes
{
    private static readonly int[] _sizes = [2, 8, 24, 64, 128];
    private static readonly double[] _contractions = [0.2, 0.6, 0.95];
    private static readonly double[] _accuracies = [1e-4, 1e-10];
    private static readonly (int Unknowns, int Inequalities, int Equalities)[] _programs = [(5, 6, 2), (20, 30, 4), (60, 80, 10), (120, 160, 20)];

    public static int Run(string[] arguments)
    {
        int rounds = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 5;
        MathNet.Numerics.Control.UseSingleThread();
        Array.ForEach(_sizes, size => Point(size, 0.6, 1e-4, 20));
        var (within, worst, count) = (0, 0.0, 0);
        Console.WriteLine("the first lines warm up");
        Console.WriteLine("   n  contraction  accuracy  iterations  recommended        ms  fastest            ms    regret");
        foreach (int size in _sizes)
        {
            foreach (double contraction in _contractions)
            {
                foreach (double accuracy in _accuracies)
                {
                    double regret = Point(size, contraction, accuracy, rounds);
                    (within, worst, count) = (within + (regret <= 0.1 ? 1 : 0), Math.Max(worst, regret), count + 1);
                }
            }
        }

        Console.WriteLine(FormattableString.Invariant($"within 10 % of the fastest: {within} of {count}; most {100 * worst:F1} %"));
        foreach (var program in _programs)
        {
            Quadratic(program.Unknowns, program.Inequalities, program.Equalities, rounds);
        }

        return 0;
    }

    private static double Point(int n, double contraction, double accuracy, int rounds)
    {
        var step = Nonsmooth.Programs.Program.Trace(
            (w, b, x) => Functions.MatMul(w, x.Reshape(new Shape(n, 1))).Reshape(new Shape(n)) + Functions.Tanh(b), new Shape(n, n), new Shape(n), new Shape(n));
        var random = new CounterRandom(3).Derive($"{n}");
        var w = Matrix<double>.Build.Dense(n, n, Normal(random, "W", n * n));
        w *= contraction / w.Evd().EigenValues.AbsoluteMaximum().Magnitude;
        var problem = new Problem([new Shape(n, n), new Shape(n)], [w.ToRowMajorArray(), Normal(random, "b", n)]);
        var solution = new FixedPoint(step).Solve(problem);
        double[] seed = Normal(random, "seed", n);
        var advice = StrategyAdvice.For(new FixedPoint(step), contraction, accuracy: accuracy);
        StrategyPrice[] able = [.. advice.Prices.Where(p => p.Error <= accuracy)];
        double[] seconds = Medians(rounds, [.. able.Select<StrategyPrice, Action>(p => () =>
            (new FixedPoint(step) { Strategy = p.Strategy }).Differentiate(problem, solution, ActivityRule.Inactive).Cotangent([seed]))]);
        int fastest = Array.IndexOf(seconds, seconds.Min());
        int chosen = Array.IndexOf(able, advice.Recommended);
        int iterations = (int)Math.Ceiling(Math.Log(accuracy) / Math.Log(contraction));
        double regret = (seconds[chosen] / seconds[fastest]) - 1;
        Console.WriteLine(FormattableString.Invariant(
            $"{n,4}  {contraction,11}  {accuracy,8:G1}  {iterations,10}  {Name(able[chosen]),-11} {1e3 * seconds[chosen],9:F3}  {Name(able[fastest]),-11} {1e3 * seconds[fastest],9:F3}  {100 * regret,6:F1} %  ({string.Join(", ", able.Select((p, i) => FormattableString.Invariant($"{Name(p)} {1e3 * seconds[i]:F3} {p.Work:G3}")))})"));
        return regret;
    }

    private static void Quadratic(int n, int m, int p, int rounds)
    {
        var random = new CounterRandom(5).Derive($"{n}");
        var root = Matrix<double>.Build.Dense(n, n, Normal(random, "Q", n * n));
        var q = (root * root.Transpose()) + (0.5 * Matrix<double>.Build.DenseIdentity(n));
        var (g, a) = (Matrix<double>.Build.Dense(m, n, Normal(random, "G", m * n)), Matrix<double>.Build.Dense(p, n, Normal(random, "A", p * n)));
        var inside = Vector<double>.Build.Dense(Normal(random, "inside", n));
        var slack = Vector<double>.Build.Dense(m, i => 0.1 + random.Derive("slack").Uniform((ulong)i));
        var problem = new Problem(
            [new Shape(n, n), new Shape(n), new Shape(m, n), new Shape(m), new Shape(p, n), new Shape(p)],
            [q.ToRowMajorArray(), Normal(random, "q", n), g.ToRowMajorArray(), [.. (g * inside) + slack], a.ToRowMajorArray(), [.. a * inside]]);
        var map = new QuadraticProgram();
        var solution = map.Solve(problem);
        double[][] seed = [Normal(random, "seed", n), new double[m], new double[p]];
        var kept = map.Differentiate(problem, solution, ActivityRule.Inactive);
        double[] seconds = Medians(
            rounds,
            () => map.Solve(problem),
            () => map.Differentiate(problem, solution, ActivityRule.Inactive).Cotangent(seed),
            () => kept.Cotangent(seed));
        Console.WriteLine(FormattableString.Invariant(
            $"quadratic program {n} unknowns, {m} + {p} constraints, {solution.State.Count(s => s > 0)} active: solve {1e3 * seconds[0]:F3} ms, vjp {1e3 * seconds[1]:F3} ms ({seconds[1] / seconds[0]:F3}), with its factor kept {1e3 * seconds[2]:F3} ms ({seconds[2] / seconds[0]:F3})"));
    }

    // Processor time of this thread, each action repeated for 3 ms and more, in turns.
    private static double[] Medians(int rounds, params Action[] actions)
    {
        double[][] seconds = [.. actions.Select(_ => new double[rounds])];
        for (int round = -2; round < rounds; round++)
        {
            for (int i = 0; i < actions.Length; i++)
            {
                long start = ThreadClock.Instance.GetTimestamp();
                int times = 0;
                do
                {
                    actions[i]();
                    times++;
                }
                while (ThreadClock.Instance.GetElapsedTime(start).TotalMilliseconds < 3);
                if (round >= 0)
                {
                    seconds[i][round] = ThreadClock.Instance.GetElapsedTime(start).TotalSeconds / times;
                }
            }
        }

        return [.. seconds.Select(s => s.Order().ElementAt(rounds / 2))];
    }

    private static string Name(StrategyPrice price) => price.Strategy switch
    {
        ImplicitDense => "dense",
        Krylov => "krylov",
        Neumann n => FormattableString.Invariant($"neumann {n.Terms}"),
        Unrolled u => FormattableString.Invariant($"unrolled {u.Steps}"),
        var other => other.ToString(),
    };

    private static double[] Normal(CounterRandom random, string name, int count)
    {
        var stream = random.Derive(name);
        return [.. Enumerable.Range(0, count).Select(i => stream.Normal((ulong)i))];
    }
}
