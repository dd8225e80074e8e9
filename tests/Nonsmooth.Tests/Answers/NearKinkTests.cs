using System.Globalization;
using Nonsmooth.Answers;

namespace Nonsmooth.Tests.Answers;

/// <summary>Gradient checks beside a kink, nearer than their steps and farther: what is right is not called wrong, and what is wrong does not pass.</summary>
public sealed class NearKinkTests(ITestOutputHelper output)
{
    private static readonly int _points = Environment.GetEnvironmentVariable("NONSMOOTH_TRIALS") == "1" ? 10_000 : 300;

    /// <summary>A function, its gradient, a point on its only kink nearby, and a direction across it.</summary>
    private sealed record Kinked(string Name, Func<double[], double> Value, Func<double[], double[]> Gradient, double[] Kink, double[] Across);

    private static readonly Kinked[] _all =
    [
        new("relu", x => Math.Max(x[0], 0), x => [x[0] > 0 ? 1 : 0], [0], [1]),
        new("relu at 1", x => Math.Max(x[0] - 1, 0), x => [x[0] > 1 ? 1 : 0], [1], [1]),
        new("abs", x => Math.Abs(x[0]), x => [Math.Sign(x[0])], [0], [1]),
        new("abs at 0.3", x => 2 + Math.Abs(x[0] - 0.3), x => [Math.Sign(x[0] - 0.3)], [0.3], [1]),
        new("abs at -7 and a parabola", x => (x[0] * x[0]) + (3 * Math.Abs(x[0] + 7)), x => [(2 * x[0]) + (3 * Math.Sign(x[0] + 7))], [-7], [1]),
        new("leaky relu", x => x[0] > 2 ? x[0] - 2 : 0.01 * (x[0] - 2), x => [x[0] > 2 ? 1 : 0.01], [2], [1]),
        new("elu", x => x[0] > 0 ? x[0] : 2 * (Math.Exp(x[0]) - 1), x => [x[0] > 0 ? 1 : 2 * Math.Exp(x[0])], [0], [1]),
        new("exp of abs", x => Math.Exp(Math.Abs(x[0] - 1)), x => [Math.Sign(x[0] - 1) * Math.Exp(Math.Abs(x[0] - 1))], [1], [1]),
        new("sine and hinge", x => Math.Sin(x[0]) + Math.Max(0, 1 - x[0]), x => [Math.Cos(x[0]) - (x[0] < 1 ? 1 : 0)], [1], [1]),
        new("abs of a difference of squares", x => Math.Abs((x[0] * x[0]) - 4), x => [2 * x[0] * Math.Sign((x[0] * x[0]) - 4)], [2], [1]),
        new("logarithm of abs", x => Math.Log(1 + Math.Abs(x[0] - 0.5)), x => [Math.Sign(x[0] - 0.5) / (1 + Math.Abs(x[0] - 0.5))], [0.5], [1]),
        new("minimum with a line", x => Math.Min(x[0] * x[0], 1 + (x[0] / 4) - 0.25), x => [x[0] < 1 ? 2 * x[0] : 0.25], [1], [1]),
        new("large", x => 1e6 + (1e6 * Math.Abs(x[0] - 3)), x => [1e6 * Math.Sign(x[0] - 3)], [3], [1]),
        new("small", x => 1e-6 * Math.Abs(x[0] - 1e-3), x => [1e-6 * Math.Sign(x[0] - 1e-3)], [1e-3], [1e-3]),
        new("maximum of two", x => Math.Max(x[0], x[1]), x => x[0] > x[1] ? [1, 0] : [0, 1], [1, 1], [1, -1]),
        new("1-norm in one", x => Math.Abs(x[0]) + (x[1] * x[1]), x => [Math.Sign(x[0]), 2 * x[1]], [0, 1.5], [1, 0.3]),
        new("LQ", x => (-x[0] - x[1]) + Math.Max(0, (x[0] * x[0]) + (x[1] * x[1]) - 1), x => (x[0] * x[0]) + (x[1] * x[1]) > 1 ? [(2 * x[0]) - 1, (2 * x[1]) - 1] : [-1, -1], [0.6, 0.8], [0.8, 0.7]),
        new("hinge loss", x => Math.Max(0, 1 - (0.5 * x[0]) - (2 * x[1])), x => (0.5 * x[0]) + (2 * x[1]) < 1 ? [-0.5, -2] : [0, 0], [1, 0.25], [0.4, 1]),
        new("relu unit", x => x[2] * Math.Max(0, (x[0] * 2) + x[1]), x => (x[0] * 2) + x[1] > 0 ? [2 * x[2], x[2], (x[0] * 2) + x[1]] : [0, 0, 0], [0.5, -1, 3], [1, 0.2, -0.5]),
        new("Rosenbrock's bend", x => Math.Abs(x[1] + 1 - (2 * x[0] * x[0])) + (0.25 * (x[0] - 1) * (x[0] - 1)), x => Math.Sign(x[1] + 1 - (2 * x[0] * x[0])) is var s ? [(-4 * s * x[0]) + (0.5 * (x[0] - 1)), s] : [], [0.75, 0.125], [0.1, 1]),
    ];

    // A program knows whether it is on a kink: nearly always its gradient is confirmed, and never called wrong.
    [Fact]
    public void ProgramsBesideTheirKinksAreNotCalledWrong()
    {
        (string Name, Program Program, double[] Kink)[] programs =
        [
            ("abs", Program.Trace(x => Abs(x).Sum(), new Shape(1)), [0]),
            ("relu at 1", Program.Trace(x => Relu(x - 1).Sum(), new Shape(1)), [1]),
            ("abs of sums of tenths", Program.Trace(x => Abs(x + 0.2 - 0.3).Sum(), new Shape(1)), [0.1]),
            ("maximum", Program.Trace(x => (x * x).Max() + x.Sum(), new Shape(3)), [2, -2, 1]),
            ("hinge and sine", Program.Trace(x => Relu(1 - x.Sum()) + Sin(x).Sum(), new Shape(2)), [0.3, 0.7]),
            ("median", Program.Trace(x => x.Median().Value * 2, new Shape(3)), [1, 1, 2]),
        ];
        var random = new Random(4);
        int told = 0, count = 0;
        foreach (var (name, program, kink) in programs)
        {
            for (int digits = 1; digits <= 16; digits++)
            {
                double[] x = [.. kink.Select((k, i) => k + (Math.Pow(10, -digits) * (i == 0 ? 1 : random.NextDouble() - 0.5)))];
                var answer = GradientCheck.Of(program, [x]);
                Assert.True(answer is { IsWrong: false, Label: not PointLabel.Neither }, $"{name} beside by 1e-{digits}: {answer.Label}, {answer.Reason}");
                told += answer.Label == PointLabel.Unknown ? 0 : 1;
                count++;
            }
        }

        Assert.True(told >= 0.8 * count, $"{told} of {count}");
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void NoCorrectGradientIsWrongAndNoWrongOnePassesAtAnyDistance()
    {
        var random = new Random(17);
        var labels = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var (alarms, passed, reasons) = (new List<string>(), new List<string>(), new List<string>());
        int far = 0, undecided = 0, located = 0, near = 0, other = 0, otherClarke = 0;
        for (int trial = 0; trial < _points; trial++)
        {
            var f = _all[trial % _all.Length];
            double distance = Math.Pow(10, -16 * random.NextDouble()), sign = random.Next(2) == 0 ? 1 : -1;
            double[] x = [.. f.Kink.Zip(f.Across, (k, a) => k + (sign * distance * a))], gradient = f.Gradient(x);
            string at = string.Create(CultureInfo.InvariantCulture, $"{f.Name} at {sign * distance:E1}");
            var right = GradientCheck.Of(f.Value, f.Gradient, x);
            Count("right", right);
            bool isFar = distance > 1e-6;
            far += isFar ? 1 : 0;
            undecided += isFar && right.Label == PointLabel.Unknown ? 1 : 0;
            if (right.IsWrong || right.Label == PointLabel.Neither)
            {
                alarms.Add($"{at}: {right.Label}, {right.Reason}");
            }

            if (right.NearestKink is { } nearest && isFar && distance < 1e-3)
            {
                near++;
                located += nearest > 0.1 * distance * f.Across.Max(Math.Abs) && nearest < 10 * distance ? 1 : 0;
            }

            // Wrong by a factor, by an entry, by the sign: outside the hull of both sides too.
            double size = f.Gradient([.. f.Kink.Zip(f.Across, (k, a) => k + (0.01 * a))]).Concat(f.Gradient([.. f.Kink.Zip(f.Across, (k, a) => k - (0.01 * a))])).Max(Math.Abs);
            double[] wrong = [.. gradient];
            wrong[random.Next(wrong.Length)] += (random.Next(2) == 0 ? 1 : -1) * size * (2.1 + random.NextDouble());
            var planted = GradientCheck.Of(f.Value, _ => wrong, x);
            Count("planted", planted);
            undecided += isFar && planted.Label == PointLabel.Unknown ? 1 : 0;
            if (planted.Label is PointLabel.Gradient or PointLabel.Clarke)
            {
                passed.Add($"{at}: {planted.Label}, {planted.Reason}");
            }

            // The other side's gradient: wrong, where doubles tell on which side the point is.
            double[] mirrored = f.Gradient([.. f.Kink.Zip(f.Across, (k, a) => k - (sign * distance * a))]);
            if (distance > 1e-16 && !mirrored.Zip(gradient).All(g => Math.Abs(g.First - g.Second) <= 1e-2 * size))
            {
                var crossed = GradientCheck.Of(f.Value, _ => mirrored, x);
                Count("other side's", crossed);
                other++;
                undecided += isFar && crossed.Label == PointLabel.Unknown ? 1 : 0;
                otherClarke += crossed.Label == PointLabel.Clarke ? 1 : 0;
                double hidden = 64 * 2.2e-16 * (1 + f.Kink.Max(Math.Abs) + (Math.Abs(f.Value(f.Kink)) / size));
                if (crossed.Label == PointLabel.Gradient || (crossed.Label == PointLabel.Clarke && distance > hidden))
                {
                    passed.Add($"{at}, other side: {crossed.Label}, {crossed.Reason}, kink {crossed.NearestKink}");
                }
            }

            foreach (var (a, c) in new[] { (right, "right"), (planted, "planted") })
            {
                if (isFar && a.Label == PointLabel.Unknown)
                {
                    reasons.Add($"{at}, {c}: {a.Reason}");
                }
            }

            void Count(string claim, GradientCheckAnswer answer)
            {
                string key = $"{claim}: {answer.Label}{(answer.IsWrong ? ", wrong" : "")}";
                labels[key] = labels.GetValueOrDefault(key) + 1;
            }
        }

        output.WriteLine(string.Join("\n", labels.Select(l => $"{l.Value,6} {l.Key}")));
        output.WriteLine($"{_points} points; {far} of them beyond 1e-6, where {undecided} of {3 * far} checks are undecided; {otherClarke} of {other} gradients of the other side are Clarke's as far as doubles tell; kink located {located} of {near}");
        output.WriteLine($"false alarms {alarms.Count}, passed {passed.Count}\n{string.Join("\n", alarms.Take(40))}\n{string.Join("\n", passed.Take(40))}\n{string.Join("\n", reasons.Take(40))}");
        Assert.Empty(alarms);
        Assert.Empty(passed);
        Assert.True(undecided <= 0.02 * 3 * far);
        Assert.True(located >= 0.9 * near);
    }
}
