using CsCheck;

namespace Nonsmooth.Optimizers.Tests.Innaprop;

/// <summary>The identities that INNAprop's forms and special cases satisfy, on random runs in float64.</summary>
public sealed class InnapropIdentityTests
{
    private const long Runs = 1_000;

    private static readonly Gen<Run> AnyRun =
        from steps in Gen.Int[1, 40]
        from alpha in Gen.Double[0, 3]
        from beta in Gen.Double[0.2, 3]
        from sigma in Gen.Double[0, 0.999]
        from theta in Gen.Double[-3, 3].Array[4]
        from gradients in Gen.Double[-2, 2].Array[4].Array[steps]
        from rates in Gen.Double[0, 0.1].Array[steps]
        select new Run(alpha, beta, sigma, theta, gradients, rates);

    [Fact]
    public void Psi_euler_and_velocity_forms_agree_under_any_rates() =>
        AnyRun.Sample(
            run =>
            {
                InnapropOptions options = run.Options with { WeightDecay = 0 };
                double[] velocity = run.Train(options);
                Near(velocity, run.Train(options with { Form = InnapropForm.Euler }));
                Near(velocity, run.Train(options with { Form = InnapropForm.Psi }));
            },
            iter: Runs);

    [Fact]
    public void Published_decay_agrees_between_the_forms() =>
        Gen.Select(AnyRun, Gen.Double[0, 1]).Sample(
            (run, lambda) =>
            {
                InnapropOptions options = run.Options with { WeightDecay = lambda, DecayMode = InnapropWeightDecay.Published };
                double[] velocity = run.Train(options);
                Near(velocity, run.Train(options with { Form = InnapropForm.Euler }));
                Near(velocity, run.Train(options with { Form = InnapropForm.Psi }));
            },
            iter: Runs);

    [Fact]
    public void Average_form_agrees_at_a_constant_rate() =>
        Gen.Select(AnyRun, Gen.Double[1e-4, 0.1]).Sample(
            (run, rate) =>
            {
                Run constant = run with { Rates = [.. run.Rates.Select(_ => rate)] };
                Near(constant.Train(run.Options), constant.Train(run.Options with { Form = InnapropForm.Average }));
            },
            iter: Runs);

    [Fact]
    public void Alpha_times_beta_one_is_adamw_without_momentum() =>
        Gen.Select(AnyRun, Gen.Double[0, 1], Gen.Enum<InnapropWeightDecay>()).Sample(
            (run, lambda, mode) =>
            {
                var innaprop = run.Options with { Alpha = 1 / run.Beta, WeightDecay = lambda, DecayMode = mode };
                var adamw = new AdamWOptions
                {
                    Beta1 = 0, Beta2 = run.Sigma, Epsilon = innaprop.Epsilon, WeightDecay = lambda / run.Beta,
                };
                Run scaled = run with { Rates = [.. run.Rates.Select(rate => rate * run.Beta)] };
                Near(run.Train(innaprop), scaled.Train(adamw));
            },
            iter: Runs);

    [Fact]
    public void Beta_equal_to_the_rate_is_heavy_ball_on_scaled_gradients() =>
        Gen.Select(AnyRun, Gen.Double[0.01, 0.5], Gen.Bool).Sample(
            (run, rate, nesterov) =>
            {
                double momentum = 1 - (run.Alpha * rate);
                double beta = nesterov ? rate * (1 + momentum) : rate;
                Run constant = run with { Rates = [.. run.Rates.Select(_ => rate)], Beta = beta };
                Near(constant.Train(constant.Options), HeavyBall(constant, rate, momentum, nesterov));
            },
            iter: Runs);

    [Fact]
    public void Quasi_hyperbolic_momentum_is_the_same_at_a_constant_rate() =>
        Gen.Select(AnyRun, Gen.Double[0.01, 0.5]).Sample(
            (run, rate) =>
            {
                Run constant = run with { Alpha = Math.Max(run.Alpha, 0.05), Rates = [.. run.Rates.Select(_ => rate)] };
                Near(constant.Train(constant.Options), QuasiHyperbolic(constant, DampingView.Of(constant.Options, rate)));
            },
            iter: Runs);

    [Fact]
    public void Rate_zero_moves_neither_weights_nor_velocity() =>
        AnyRun.Sample(
            run =>
            {
                double[] theta = [.. run.Theta];
                ReferenceOptimizer<double> optimizer = run.Options.Reference<double>(theta.Length);
                optimizer.Step(theta, run.Gradients[0], 0.1);
                double[] before = [.. theta];
                double[] velocity = [.. optimizer.States["velocity"]];
                optimizer.Step(theta, run.Gradients[^1], 0);
                Assert.Equal(before, theta);
                Assert.Equal(velocity, optimizer.States["velocity"]);
            },
            iter: Runs);

    [Fact]
    public void Sigma_zero_goes_by_the_sign() =>
        AnyRun.Sample(
            run =>
            {
                double[] theta = [.. run.Theta];
                InnapropOptions options = run.Options with { Sigma = 0 };
                options.Reference<double>(theta.Length).Step(theta, run.Gradients[0], 0.1);
                double[] g = run.Gradients[0];
                Near([.. run.Theta.Select((x, i) => x - (0.1 * run.Beta * g[i] / (Math.Abs(g[i]) + 1e-8)))], theta);
            },
            iter: Runs);

    [Fact]
    public void From_adamw_inverts_to_adamws_rate_and_momentum() =>
        Gen.Select(Gen.Double[1e-5, 0.1], Gen.Double[0, 0.99]).Sample(
            (rate, beta1) =>
            {
                (InnapropOptions options, double gamma) = InnapropOptions.FromAdamW(rate, beta1);
                Assert.Equal(rate, gamma / options.Alpha, rate * 1e-14);
                Assert.Equal(beta1, 1 - (options.Alpha * gamma), 1e-14);
                Assert.Equal(gamma, options.Beta);
                Assert.Equal(gamma * (1 + beta1), InnapropOptions.FromAdamW(rate, beta1, nesterov: true).Options.Beta, 1e-15);
            },
            iter: Runs);

    [Fact]
    public void Powers_of_two_scale_out_of_the_gradient_bit_for_bit_without_epsilon() =>
        Gen.Select(AnyRun, Gen.Int[-20, 20]).Sample(
            (any, power) =>
            {
                // Exact as long as no square underflows.
                Run run = any with
                {
                    Sigma = Math.Max(any.Sigma, 0.1),
                    Gradients = [.. any.Gradients.Select(g => g.Select(x => Math.Abs(x) < 1e-3 ? 0 : x).ToArray())],
                };
                InnapropOptions options = run.Options with { Epsilon = 0 };
                Run scaled = run with { Gradients = [.. run.Gradients.Select(g => g.Select(x => Math.ScaleB(x, power)).ToArray())] };
                Assert.Equal(run.Train(options), scaled.Train(options));
            },
            iter: Runs);

    [Fact]
    public void A_changing_alpha_moves_nothing_without_gradient_in_the_velocity_form() =>
        AnyRun.Sample(
            run =>
            {
                double[] theta = [.. run.Theta];
                ReferenceOptimizer<double> first = run.Options.Reference<double>(theta.Length);
                ReferenceOptimizer<double> second = (run.Options with { Alpha = run.Alpha + 1 }).Reference<double>(theta.Length);
                first.Step(theta, new double[theta.Length], 0.1);
                first.States["velocity"].CopyTo(second.States["velocity"], 0);
                second.Step(theta, new double[theta.Length], 0.1);
                Assert.Equal(run.Theta, theta);
            },
            iter: Runs);

    private static double[] QuasiHyperbolic(Run run, DampingView view)
    {
        double[] theta = [.. run.Theta];
        for (int i = 0; i < theta.Length; i++)
        {
            (double v, double average, double power) = (0, 0, 1);
            foreach (double[] gradient in run.Gradients)
            {
                double g = gradient[i];
                v = (run.Sigma * v) + ((1 - run.Sigma) * g * g);
                power *= run.Sigma;
                double scaled = g / (Math.Sqrt(v / (1 - power)) + 1e-8);
                theta[i] -= view.Eta * (((1 - view.Kappa) * average) + (view.Kappa * scaled));
                average = (view.Mu * average) + ((1 - view.Mu) * scaled);
            }
        }

        return theta;
    }

    private static double[] HeavyBall(Run run, double rate, double momentum, bool nesterov)
    {
        double[] theta = [.. run.Theta];
        for (int i = 0; i < theta.Length; i++)
        {
            (double v, double buffer, double power) = (0, 0, 1);
            foreach (double[] gradient in run.Gradients)
            {
                double g = gradient[i];
                v = (run.Sigma * v) + ((1 - run.Sigma) * g * g);
                power *= run.Sigma;
                double scaled = g / (Math.Sqrt(v / (1 - power)) + 1e-8);
                buffer = (momentum * buffer) + scaled;
                theta[i] -= rate * rate * (nesterov ? scaled + (momentum * buffer) : buffer);
            }
        }

        return theta;
    }

    private static void Near(double[] expected, double[] actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-11 * Math.Max(1, Math.Abs(expected[i])));
        }
    }

    private sealed record Run(double Alpha, double Beta, double Sigma, double[] Theta, double[][] Gradients, double[] Rates)
    {
        public InnapropOptions Options => new() { Alpha = Alpha, Beta = Beta, Sigma = Sigma, WeightDecay = 0 };

        public double[] Train(OptimizerOptions options)
        {
            double[] theta = [.. Theta];
            ReferenceOptimizer<double> optimizer = options.Reference<double>(theta.Length);
            for (int i = 0; i < Rates.Length; i++)
            {
                optimizer.Step(theta, Gradients[i], Rates[i]);
            }

            return theta;
        }
    }
}
