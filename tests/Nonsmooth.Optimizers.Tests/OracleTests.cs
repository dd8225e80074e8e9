using Nonsmooth.Optimizers.Schedules;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Optimizers.Tests;

/// <summary>
/// Every trajectory of the oracle, in float64 on the reference path and in float32 on the fast one, in
/// every form that has that trajectory.
/// </summary>
public sealed class OracleTests
{
    public static TheoryData<string> Cases => OracleFile.Names;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Float64(string name)
    {
        OracleCase oracle = OracleFile.Get(name);
        double tolerance = oracle.N > 10 ? 1e-11 : 1e-12;
        foreach (OptimizerOptions options in FormsOf(oracle))
        {
            double[] theta = [.. oracle.Theta0];
            ReferenceOptimizer<double> optimizer = options.Reference<double>(theta.Length);
            Follow(oracle, tolerance, options, () => theta, Read, (gradient, rate) => optimizer.Step(theta, gradient, rate));

            double[]? Read(string state) => optimizer.States.GetValueOrDefault(state);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Float32(string name)
    {
        OracleCase oracle = OracleFile.Get(name);

        // The bound of the specification is for ten steps; for 2000 it states none, and this one is ours.
        double tolerance = 2e-6 * (oracle.N > 10 ? 2.5 : 1);
        using var pool = new WorkerPool(1);
        foreach (OptimizerOptions options in FormsOf(oracle))
        {
            using var theta = new NativeTensor([.. oracle.Theta0.Select(x => (float)x)]);
            using var slope = new NativeTensor(new float[theta.Length]);
            using Optimizer optimizer = options.Build([theta.Slot("theta")], pool);
            Follow(oracle, tolerance, options, () => Widen(theta.Span), state => null, (gradient, rate) =>
            {
                for (int i = 0; i < gradient.Length; i++)
                {
                    slope.Span[i] = (float)gradient[i];
                }

                optimizer.Step([slope.Address], rate);
            });
        }
    }

    [Fact]
    public void Every_case_is_there()
    {
        OracleFile.Get(OracleFile.Names.First().Data);
        Assert.Equal(139, OracleFile.Names.Count);
    }

    private static void Follow(
        OracleCase oracle,
        double tolerance,
        OptimizerOptions options,
        Func<double[]> theta,
        Func<string, double[]?> state,
        Action<double[], double> step)
    {
        Dictionary<int, OracleStep> expected = oracle.Steps.ToDictionary(s => s.T);
        IRateSchedule schedule = oracle.Schedule == "warmcos"
            ? new WarmupCosineRate(oracle.Lr, 3, 10, oracle.Lr / 10)
            : new ConstantRate(oracle.Lr);
        for (int t = 1; t <= oracle.N; t++)
        {
            step(oracle.Gradient(theta(), t), schedule.RateAt(t));
            if (!expected.TryGetValue(t, out OracleStep? after))
            {
                continue;
            }

            Assert.Equal(after.Lr, schedule.RateAt(t), 1e-15);
            string where = $"{options} at step {t}";
            Near(after.Theta, theta(), oracle.Theta0, tolerance, "theta of " + where);
            foreach ((string stateName, double[]? values) in new[] { ("exp_avg_sq", after.V), ("psi", after.Psi), ("velocity", after.M), ("average", after.E), ("exp_avg", after.ExpAvg) })
            {
                if (values is not null && state(stateName) is { } actual)
                {
                    Near(values, actual, oracle.Theta0, tolerance, $"{stateName} of {where}");
                }
            }
        }
    }

    private static void Near(double[] expected, double[] actual, double[] start, double tolerance, string what)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            double bound = tolerance * Math.Max(Math.Abs(expected[i]), Math.Abs(start[i]));
            double error = Math.Abs(expected[i] - actual[i]);
            Assert.True(error <= bound, $"{what}, coordinate {i}: {actual[i]:R} instead of {expected[i]:R}, off by {error:E2} > {bound:E2}");
        }
    }

    private static double[] Widen(ReadOnlySpan<float> values)
    {
        var wide = new double[values.Length];
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] = values[i];
        }

        return wide;
    }

    private static IEnumerable<OptimizerOptions> FormsOf(OracleCase oracle)
    {
        OracleConfig c = oracle.Config;
        var innaprop = new InnapropOptions
        {
            Alpha = c.Alpha, Beta = c.Beta, Sigma = c.Sigma, Epsilon = c.Eps, WeightDecay = c.Lam, Maximize = c.Maximize,
        };
        InnapropOptions published = innaprop with { DecayMode = InnapropWeightDecay.Published };
        switch (oracle.Algorithm)
        {
            case "innaprop" or "innaprop_euler" or "innaprop_m":
                yield return published;
                yield return published with { Form = InnapropForm.Euler };
                if (oracle.Lr != c.Beta)
                {
                    yield return published with { Form = InnapropForm.Psi };
                }

                break;
            case "innaprop_m_dec":
                yield return innaprop;
                break;
            case "innaprop_v2":
                yield return innaprop with { Form = InnapropForm.Average };
                break;
            case "inna":
                yield return new InnaOptions { Alpha = c.Alpha, Beta = c.Beta, WeightDecay = c.Lam, Maximize = c.Maximize };
                break;
            case "innadam":
                yield return new InnadamOptions
                {
                    Alpha = c.Alpha, Beta = c.Beta, Beta1 = c.Beta1, Sigma = c.Sigma, Epsilon = c.Eps, WeightDecay = c.Lam, Maximize = c.Maximize,
                };
                break;
            case "dinadam_code" or "dinadam_plus":
                yield return new DinadamOptions
                {
                    Alpha = c.Alpha, Beta = c.Beta, Beta1 = c.Beta1, Sigma = c.Sigma, Epsilon = c.Eps, WeightDecay = c.Lam, Maximize = c.Maximize,
                    Sign = oracle.Algorithm == "dinadam_code" ? DinadamSign.Published : DinadamSign.Corrected,
                };
                break;
            case "adamw":
                yield return new AdamWOptions { Beta1 = c.Beta1, Beta2 = c.Sigma, Epsilon = c.Eps, WeightDecay = c.Lam, Maximize = c.Maximize };
                yield return new DinAdamWOptions
                {
                    Kappa = 0, Beta1 = c.Beta1, Beta2 = c.Sigma, Epsilon = c.Eps, WeightDecay = c.Lam, Maximize = c.Maximize,
                };
                break;
            case "din_adamw":
                yield return new DinAdamWOptions
                {
                    Kappa = c.Kappa, Beta1 = c.Beta1, Beta2 = c.Sigma, Epsilon = c.Eps, WeightDecay = c.Lam, Maximize = c.Maximize,
                };
                break;
            default:
                throw new InvalidOperationException($"unknown algorithm {oracle.Algorithm}");
        }
    }
}
