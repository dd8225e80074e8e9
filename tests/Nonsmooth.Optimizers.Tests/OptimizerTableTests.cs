using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Optimizers.Tests;

/// <summary>Every rule against its formula and on the problems; bits, states and null gradients are in <see cref="ElementwiseOptimizerTests"/>.</summary>
public sealed class OptimizerTableTests
{
    private const int Length = 37;

    public static TheoryData<string> Rules => OptimizerCatalog.Names;

    public static TheoryData<string> Formulas => OptimizerCatalog.WithFormula;

    [Fact]
    public void Every_registered_optimizer_is_tested()
    {
        Assert.All(OptimizerRegistry.All, entry => Assert.Contains(entry.Defaults, OptimizerCatalog.All));
        Assert.All(Formulas, name => Assert.NotNull(OptimizerCatalog.Row(name.Data).Formula));
    }

    [Theory]
    [MemberData(nameof(Formulas))]
    public void Float64_reference_follows_the_formula(string rule)
    {
        CatalogRow row = OptimizerCatalog.Row(rule);
        FormulaStep formula = row.Formula!();
        ReferenceOptimizer<double> optimizer = row.Options.Reference<double>(Length);
        double[] expected = Start();
        double[] actual = Start();
        for (int t = 1; t <= 60; t++)
        {
            double[] gradient = TestProblem.Rough(Length, t);
            formula(expected, gradient, 1e-2);
            optimizer.Step(actual, gradient, 1e-2);
            Near(expected, actual, 1e-12, rule, t);
        }
    }

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Formulas))]
    public void Float32_kernel_follows_the_formula(string rule)
    {
        CatalogRow row = OptimizerCatalog.Row(rule);
        FormulaStep formula = row.Formula!();
        using var pool = new WorkerPool(2);
        using var theta = new NativeTensor([.. Start().Select(x => (float)x)]);
        using var slope = new NativeTensor(new float[Length]);
        using Optimizer optimizer = row.Options.Build([theta.Slot("w")], pool, _ => { });
        double[] expected = [.. theta.Span.ToArray().Select(x => (double)x)];
        for (int t = 1; t <= 60; t++)
        {
            float[] gradient = [.. TestProblem.Rough(Length, t).Select(g => (float)g)];
            gradient.CopyTo(slope.Span);
            formula(expected, [.. gradient.Select(g => (double)g)], 1e-2);
            optimizer.Step([slope.Address], 1e-2);
            Near(expected, [.. theta.Span.ToArray().Select(x => (double)x)], 1e-5, rule, t);
        }
    }

    // The rule itself in 64 bits stands in for a formula where none was written.
    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Rules))]
    public void Float32_kernel_follows_its_own_rule_in_64_bits(string rule)
    {
        ReferenceOptimizer<double> reference = OptimizerCatalog.Get(rule).Reference<double>(Length);
        using var pool = new WorkerPool(2);
        using var theta = new NativeTensor([.. Start().Select(x => (float)x)]);
        using var slope = new NativeTensor(new float[Length]);
        using Optimizer optimizer = OptimizerCatalog.Get(rule).Build([theta.Slot("w")], pool, _ => { });
        double[] expected = Wide(theta);
        for (int t = 1; t <= 60; t++)
        {
            float[] gradient = [.. TestProblem.Rough(Length, t).Select(g => (float)g)];
            gradient.CopyTo(slope.Span);
            reference.Step(expected, [.. gradient.Select(g => (double)g)], 1e-2);
            optimizer.Step([slope.Address], 1e-2);
            Near(expected, Wide(theta), 1e-5, rule, t);
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Gets_to_the_bottom_of_a_quadratic(string rule) => Descends(rule, TestProblem.Quadratic, 1e-2, 4_000);

    [Theory]
    [MemberData(nameof(Rules))]
    public void Gets_along_the_valley_of_rosenbrock(string rule) => Descends(rule, TestProblem.Rosenbrock, 0.1, 4_000);

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_gradient_that_is_not_finite_is_seen_where_it_is_and_skipped_where_asked(string rule)
    {
        float[] start = NativeTensor.Numbers(100, 1);
        float[] slope = NativeTensor.Numbers(100, 2);
        using var pool = new WorkerPool(2);
        using var theta = new NativeTensor(start);
        using var good = new NativeTensor(slope);
        using var bad = new NativeTensor(slope);
        bad.Span[17] = float.NaN;
        using Optimizer optimizer = OptimizerCatalog.Get(rule).Build([theta.Slot("w")], pool);
        optimizer.Step([good.Address], 1e-3);
        float[] before = theta.Span.ToArray();
        float[][] states = [.. optimizer.States.Select(s => s.AsSpan().ToArray())];
        foreach (float value in new[] { float.NaN, float.PositiveInfinity })
        {
            bad.Span[17] = value;
            StepResult result = optimizer.Step([bad.Address], 1e-3, new StepGuard());
            Assert.True(result.Skipped);
            Assert.False(double.IsFinite(result.Norm));
            Assert.Equal(before, theta.Span.ToArray());
            Assert.Equal(states, optimizer.States.Select(s => s.AsSpan().ToArray()));
            Assert.Equal(1, optimizer.StepCounts[0]);
            Assert.Throws<NonsmoothException>(() => optimizer.Step([bad.Address], 1e-3, new StepGuard { SkipNonFinite = false }));
        }

        bad.Span[17] = float.NaN;
        optimizer.Step([bad.Address], 1e-3);
        optimizer.Step([good.Address], 1e-3);
        int[] lost = [.. Enumerable.Range(0, 100).Where(i => !float.IsFinite(theta.Span[i]))];
        Assert.Equal([17], lost);
    }

    private static void Descends(string rule, TestProblem problem, double share, int steps)
    {
        double[] rates = OptimizerCatalog.Row(rule).Rate is { } rate ? [rate] : [1e-4, 5e-4, 2e-3, 5e-3, 2e-2];
        double[] reached = [.. rates.Select(r => Reached(rule, problem, r, steps))];
        Assert.True(reached.Any(r => r <= share), $"{rule} reached {string.Join(", ", reached.Select(r => $"{r:G3}"))} of the start's value at the rates {string.Join(", ", rates)}, {share:G3} is asked for");
    }

    private static double Reached(string rule, TestProblem problem, double rate, int steps)
    {
        using var pool = new WorkerPool(1);
        using var theta = new NativeTensor([.. problem.Start.Select(x => (float)x)]);
        using var slope = new NativeTensor(new float[problem.Start.Length]);
        using Optimizer optimizer = OptimizerCatalog.Get(rule).Build([theta.Slot("w", decay: false)], pool, _ => { });
        for (int t = 0; t < steps; t++)
        {
            double[] gradient = problem.Gradient(Wide(theta));
            for (int i = 0; i < gradient.Length; i++)
            {
                slope.Span[i] = (float)gradient[i];
            }

            if (!gradient.All(double.IsFinite))
            {
                return double.PositiveInfinity;
            }

            optimizer.Step([slope.Address], rate);
        }

        using (optimizer.UseEvaluationWeights())
        {
            return problem.Value(Wide(theta)) / problem.Value(problem.Start);
        }
    }

    private static double[] Wide(NativeTensor tensor) => [.. tensor.Span.ToArray().Select(x => (double)x)];

    private static double[] Start() => [.. Enumerable.Range(0, Length).Select(i => 1.5 - (0.1 * i))];

    private static void Near(double[] expected, double[] actual, double tolerance, string rule, int step)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            double bound = tolerance * Math.Max(1, Math.Abs(expected[i]));
            double error = Math.Abs(expected[i] - actual[i]);
            Assert.True(error <= bound, $"{rule}, step {step}, coordinate {i}: {actual[i]:R} instead of {expected[i]:R}, off by {error:E2} > {bound:E2}");
        }
    }
}
