using System.Globalization;
using Nonsmooth.Bench.Claims;
using Nonsmooth.Solutions;

namespace Nonsmooth.Bench.Solutions;

/// <summary>Solution maps against scikit-learn and cvxopt, in turns, by the processor time of all threads.</summary>
internal static class SolutionTimes
{
    private const double _least = 0.02;

    // Seconds: what takes longer to 1e-10 is measured once.
    private const double _slow = 1;

    private static readonly Dictionary<string, string[]> _groups = new()
    {
        ["regressions"] =
        [
            "lasso 5000 0.1", "lasso 5000 0.02", "lasso 20000 0.1", "lasso 20000 0.02", "net 2 0.1", "net 2 0.01", "net 3 0.1", "net 3 0.01",
            "logistic 0.1", "logistic 0.01", "machine 1.0", "machine 0.1",
        ],
        ["programs"] =
        [
            "program 10 1", "program 50 1", "program 100 1", "program 300 1", "portfolio 100 1", "portfolio 300 1",
            "program 10 64", "program 50 64", "program 100 64", "program 300 64", "portfolio 100 64", "portfolio 300 64",
        ],
        ["sparse"] = ["CONT-101", "LISWET1", "AUG3D", "AUG3DCQP", "STADAT1", "STADAT2", "CONT-050", "QSCTAP3", "YAO", "MOSARQP1"],
    };

    public static int Run(string[] arguments)
    {
        int rounds = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 5;
        string[] names = arguments.Length == 0 ? [.. _groups.SelectMany(Names)]
            : _groups.TryGetValue(arguments[0], out var group) ? [.. Names(new(arguments[0], group))]
            : [arguments[0]];
        using var peer = SolutionPeer.Start() ?? throw new NonsmoothException("no Python here has cvxopt and scikit-learn: apt-get install python3-cvxopt python3-sklearn");
        MathNet.Numerics.Control.UseSingleThread();
        Console.WriteLine(peer.Version);
        Console.WriteLine("problem               ours: value, gradient of it           peer: value  gradient   tight   ratio (range)   to tight   apart");
        foreach (string name in names)
        {
            Line(peer, name, rounds);
        }

        return 0;
    }

    private static IEnumerable<string> Names(KeyValuePair<string, string[]> group) => group.Value.Select(n => group.Key == "sparse" ? $"sparse {n}" : n);

    private static void Line(SolutionPeer peer, string name, int rounds)
    {
        var (kind, arrays) = peer.Make(name);
        var problem = PeerProblem.Of(kind, arrays);
        bool differentiates = problem.HasDerivative();
        var run = differentiates ? problem.ValueAndGradient() : problem.Value();
        var (whole, solve, gradient, value, slope, tight, ratio) = (new double[rounds], new double[rounds], new double[rounds], new double[rounds], new double[rounds], new double[rounds], new double[rounds]);
        double apart = 0;
        var first = problem.First;
        for (int round = -1; round < rounds; round++)
        {
            int r = Math.Max(round, 0);
            Solution? solution = null;
            double warm = round < 0 ? 10 * _least : _least;
            whole[r] = Seconds(warm, () => run());
            solve[r] = Seconds(warm, () => solution = problem.Map.Solve(first));
            gradient[r] = differentiates ? Seconds(warm, () => problem.Gradient(first, solution!)) : 0;
            (value[r], slope[r], double[] theirs) = peer.Run(_least, true);
            slope[r] = differentiates ? slope[r] : 0;
            bool isOnce = kind is "program" or "sparse";
            tight[r] = isOnce ? value[r] : round > 0 && tight[0] > _slow ? tight[0] : tight[r];
            if (!isOnce && (round < 0 || tight[0] <= _slow))
            {
                (tight[r], _, theirs) = peer.Run(round < 0 ? 0 : _least, false);
            }

            ratio[r] = whole[r] / (value[r] + slope[r]);
            double size = theirs.Take(solution!.Values[0].Length).Max(Math.Abs);
            apart = round < 0 ? solution.Values[0].Zip(theirs, (a, b) => Math.Abs(a - b)).Max() / size : apart;
        }

        Taken.Note($"solution-peers/{name}", Median(whole), Median(value) + Median(slope), Median(ratio), ratio.Min(), ratio.Max());
        Console.WriteLine(FormattableString.Invariant(
            $"{name,-18} {1e3 * Median(whole),10:F3} ms ({1e3 * Median(solve):F3}, {1e3 * Median(gradient):F3}: {Median(gradient) / Median(solve):F2}) {1e3 * Median(value),10:F3} {1e3 * Median(slope),9:F3} {1e3 * Median(tight),10:F3} {Median(ratio),8:F2} ({ratio.Min():F2}-{ratio.Max():F2}) {Median(whole) / (Median(tight) + Median(slope)),8:F2} {apart:E1}{(differentiates ? "" : " value only: no derivative there")}{(double.IsNaN(apart) ? " the peer stops without a solution" : "")}"));
    }

    private static double Median(double[] numbers) => numbers.Order().ElementAt(numbers.Length / 2);

    private static double Seconds(double least, Action action)
    {
        var start = Environment.CpuUsage.TotalTime;
        int times = 0;
        TimeSpan passed;
        do
        {
            action();
            times++;
            passed = Environment.CpuUsage.TotalTime - start;
        }
        while (passed.TotalSeconds < least);
        return passed.TotalSeconds / times;
    }
}
