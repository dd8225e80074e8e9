using Nonsmooth.Optimizers.Schedules;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Optimizers.Tests.Innaprop;

public sealed class InnapropOptionsTests
{
    [Fact]
    public void Options_out_of_range_are_named()
    {
        var options = new InnapropOptions();
        Refused("alpha is -1", options with { Alpha = -1 });
        Refused("alpha is NaN", options with { Alpha = double.NaN });
        Refused("beta is 0", options with { Beta = 0 });
        Refused("beta is NaN", options with { Beta = double.NaN });
        Refused("sigma is 1", options with { Sigma = 1 });
        Refused("sigma is -0.1", options with { Sigma = -0.1 });
        Refused("sigma is NaN", options with { Sigma = double.NaN });
        Refused("epsilon is -1", options with { Epsilon = -1 });
        Refused("weight-decay is -1", options with { WeightDecay = -1 });
        Refused("form is psi", options with { Form = InnapropForm.Psi });
        Refused("form is average", InnapropOptions.Published with { Form = InnapropForm.Average });
    }

    [Fact]
    public void Rates_out_of_range_are_named()
    {
        RefusedRate("rate is NaN", new(), double.NaN);
        RefusedRate("rate is -0.1", new(), -0.1);
        RefusedRate("alpha times rate is 2", new() { Alpha = 4 }, 0.5);
        RefusedRate("rate is 0.9", InnapropOptions.Published with { Form = InnapropForm.Psi }, 0.9);
        RefusedRate("alpha times rate is 1", new() { Form = InnapropForm.Average, Alpha = 2 }, 0.5);
        new InnapropOptions { Alpha = 4 }.ValidateRate(0.49);
    }

    [Fact]
    public void A_rate_above_beta_warns_once()
    {
        var warnings = new List<string>();
        using var pool = new WorkerPool(1);
        using var theta = new NativeTensor([1f]);
        using Optimizer optimizer = new InnapropOptions { Beta = 0.5 }.Build([theta.Slot("w")], pool, warnings.Add);
        optimizer.Step([theta.Address], 0.5);
        Assert.Empty(warnings);
        optimizer.Step([theta.Address], 0.6);
        optimizer.Step([theta.Address], 0.6);
        Assert.Contains("rate 0.6 is above beta 0.5", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Risky_settings_say_what_will_happen()
    {
        Warns("directions of scaled curvature above 0.5 diverge", new() { Alpha = 0.1, Beta = 0.5 }, 0.7);
        Warns("the velocity changes sign every step", new() { Alpha = 15 }, 0.1);
        Warns("alpha is 0", new() { Alpha = 0 }, 1e-3);
        Warns("swing through 0", InnapropOptions.Published, 1e-3);
        Assert.Null((InnapropOptions.Published with { WeightDecay = 0.002 }).WarningFor(1e-3));
        Assert.Null(new InnapropOptions().WarningFor(1e-3));
        Assert.Null((InnapropOptions.Published with { Alpha = 2, Beta = 2 }).WarningFor(1e-3));
        foreach (double rate in new[] { 1e-4, 3e-4, 1e-3, 7e-3 })
        {
            (InnapropOptions options, double gamma) = InnapropOptions.FromAdamW(rate);
            Assert.Null(options.WarningFor(gamma));
        }
    }

    [Fact]
    public void Alpha_and_beta_follow_their_schedules_and_move_nothing_by_themselves()
    {
        var options = new InnapropOptions
        {
            AlphaSchedule = new LinearRate(0.1, 2, 10), BetaSchedule = new CosineRate(0.9, 10, 0.4), WeightDecay = 0,
        };
        double[] scheduled = [1, -1];
        double[] byHand = [1, -1];
        ReferenceOptimizer<double> optimizer = options.Reference<double>(2);
        var velocity = new double[2];
        var square = new double[2];
        for (int t = 1; t <= 12; t++)
        {
            double[] gradient = [Math.Sin(t), Math.Cos(3 * t)];
            for (int i = 0; i < 2; i++)
            {
                square[i] = (0.999 * square[i]) + (0.001 * gradient[i] * gradient[i]);
                double scaled = gradient[i] / (Math.Sqrt(square[i] / (1 - Math.Pow(0.999, t))) + 1e-8);
                byHand[i] -= 0.1 * (velocity[i] + (options.BetaAt(t) * scaled));
                velocity[i] = ((1 - (options.AlphaAt(t) * 0.1)) * velocity[i]) + (0.1 * (1 - (options.AlphaAt(t) * options.BetaAt(t))) * scaled);
            }

            optimizer.Step(scheduled, gradient, 0.1);
            Assert.Equal(byHand[0], scheduled[0], 1e-12);
            Assert.Equal(byHand[1], scheduled[1], 1e-12);
        }

        double[] still = [1, -1];
        ReferenceOptimizer<double> idle = options.Reference<double>(2);
        for (int t = 0; t < 12; t++)
        {
            idle.Step(still, [0, 0], 0.1);
        }

        Assert.Equal([1, -1], still);
    }

    [Fact]
    public void A_scheduled_alpha_is_checked_at_every_step_and_belongs_to_the_velocity_form()
    {
        var options = new InnapropOptions { AlphaSchedule = new LinearRate(0, 8, 4) };
        Refused("alpha or beta has a schedule", options with { Form = InnapropForm.Euler });
        ReferenceOptimizer<double> optimizer = options.Reference<double>(1);
        for (int t = 0; t < 4; t++)
        {
            optimizer.Step(new double[1], [1], 0.25);
        }

        Assert.StartsWith("alpha times rate is 2", Assert.Throws<NonsmoothException>(() => optimizer.Step(new double[1], [1], 0.25)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Published_decay_oscillates_and_decoupled_decay_does_not()
    {
        // Without gradient the published decay is an underdamped spring here. The step is that of the same recursion in 60 decimal digits.
        Assert.Equal(22_628, FirstCrossing(InnapropOptions.Published, 30_000));
        Assert.Null(FirstCrossing(new InnapropOptions(), 30_000));
    }

    [Theory]
    [InlineData(InnapropWeightDecay.Published, -1.8)]
    [InlineData(InnapropWeightDecay.Decoupled, -1)]
    public void A_constant_gradient_settles_where_its_decay_says(InnapropWeightDecay mode, double expected)
    {
        // −β/λ in the published mode and −1/(αλ) in the decoupled one, per unit of scaled gradient.
        var options = new InnapropOptions { Alpha = 2, Beta = 0.9, WeightDecay = 0.5, DecayMode = mode, Epsilon = 0 };
        ReferenceOptimizer<double> optimizer = options.Reference<double>(1);
        double[] theta = [1];
        for (int i = 0; i < 10_000; i++)
        {
            optimizer.Step(theta, [3], 0.01);
        }

        Assert.Equal(expected, theta[0], 1e-6);
    }

    private static int? FirstCrossing(InnapropOptions options, int steps)
    {
        ReferenceOptimizer<double> optimizer = options.Reference<double>(1);
        double[] theta = [1];
        for (int t = 1; t <= steps; t++)
        {
            optimizer.Step(theta, [0], 1e-3);
            if (theta[0] < 0)
            {
                return t;
            }
        }

        return null;
    }

    private static void Warns(string part, InnapropOptions options, double rate) =>
        Assert.Contains(part, options.WarningFor(rate), StringComparison.Ordinal);

    private static void Refused(string part, InnapropOptions options) =>
        Assert.StartsWith(part, Assert.Throws<NonsmoothException>(options.Validate).Message, StringComparison.Ordinal);

    private static void RefusedRate(string part, InnapropOptions options, double rate) =>
        Assert.StartsWith(part, Assert.Throws<NonsmoothException>(() => options.ValidateRate(rate)).Message, StringComparison.Ordinal);
}
