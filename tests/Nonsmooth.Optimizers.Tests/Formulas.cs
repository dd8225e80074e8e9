namespace Nonsmooth.Optimizers.Tests;

/// <summary>One step on <paramref name="x"/> along <paramref name="g"/> at a rate.</summary>
internal delegate void FormulaStep(double[] x, double[] g, double rate);

/// <summary>
/// The papers' formulas in plain float64 scalars, written apart from the library: no fused operations, no
/// shared code with it, other forms where the paper has others.
/// </summary>
internal static partial class Formulas
{
    public static FormulaStep Sgd(double mu, bool nesterov, double lambda) => PerCoordinate(1, (x, g, s, t, rate) =>
    {
        double d = g + (lambda * x);
        s[0] = t == 1 ? d : (mu * s[0]) + d;
        return x - (rate * (nesterov ? d + (mu * s[0]) : s[0]));
    });

    public static FormulaStep Rmsprop(double alpha, double mu, double eps, double lambda) => PerCoordinate(2, (x, g, s, _, rate) =>
    {
        double d = g + (lambda * x);
        s[0] = (alpha * s[0]) + ((1 - alpha) * d * d);
        s[1] = (mu * s[1]) + (d / (Math.Sqrt(s[0]) + eps));
        return x - (rate * s[1]);
    });

    public static FormulaStep Adam(double b1, double b2, double eps, double lambda) => PerCoordinate(2, (x, g, s, t, rate) =>
    {
        double d = g + (lambda * x);
        return x - (rate * Moments(s, d, t, b1, b2).Mean / (Math.Sqrt(Moments(s).Square(t, b2)) + eps));
    });

    public static FormulaStep AdamW(double b1, double b2, double eps, double lambda) => DinAdamW(b1, b2, 0, eps, lambda);

    public static FormulaStep DinAdamW(double b1, double b2, double kappa, double eps, double lambda) => PerCoordinate(2, (x, g, s, t, rate) =>
    {
        double mean = Moments(s, g, t, b1, b2).Mean;
        double u = ((1 - kappa) * mean) + (kappa * g);
        return x - (rate * lambda * x) - (rate * u / (Math.Sqrt(Moments(s).Square(t, b2)) + eps));
    });

    public static FormulaStep NAdamW(double b1, double b2, double psi, double eps, double lambda) => PerCoordinate(3, (x, g, s, t, rate) =>
    {
        double now = b1 * (1 - (0.5 * Math.Pow(0.96, t * psi)));
        double next = b1 * (1 - (0.5 * Math.Pow(0.96, (t + 1) * psi)));
        s[2] = (t == 1 ? 1 : s[2]) * now;
        Moments(s, g, t, b1, b2);
        double mean = (next * s[0] / (1 - (s[2] * next))) + ((1 - now) * g / (1 - s[2]));
        return x - (rate * lambda * x) - (rate * mean / (Math.Sqrt(Moments(s).Square(t, b2)) + eps));
    });

    public static FormulaStep QHAdam(double b1, double b2, double nu1, double nu2, double eps, double lambda) => PerCoordinate(2, (x, g, s, t, rate) =>
    {
        double mean = Moments(s, g, t, b1, b2).Mean;
        double square = ((1 - nu2) * g * g) + (nu2 * Moments(s).Square(t, b2));
        return x - (rate * lambda * x) - (rate * (((1 - nu1) * g) + (nu1 * mean)) / (Math.Sqrt(square) + eps));
    });

    public static FormulaStep AdEMAMix(double b1, double b2, double b3, double alpha, double warmup, double eps, double lambda) => PerCoordinate(3, (x, g, s, t, rate) =>
    {
        double weight = warmup > 0 ? Math.Min(t * alpha / warmup, alpha) : alpha;
        double slow = b3;
        if (warmup > 0 && t < warmup)
        {
            // The paper's scheduler, with its logarithms.
            double p = t / warmup;
            slow = Math.Min(Math.Exp(Math.Log(b1) * Math.Log(b3) / (((1 - p) * Math.Log(b3)) + (p * Math.Log(b1)))), b3);
        }

        double mean = Moments(s, g, t, b1, b2).Mean;
        s[2] = (slow * s[2]) + ((1 - slow) * g);
        return x - (rate * (((mean + (weight * s[2])) / (Math.Sqrt(Moments(s).Square(t, b2)) + eps)) + (lambda * x)));
    });

    public static FormulaStep Adopt(double b1, double b2, double eps, double lambda) => PerCoordinate(2, (x, g, s, t, rate) =>
    {
        if (t == 1)
        {
            s[1] = g * g;
            return x;
        }

        double bound = Math.Pow(t - 1, 0.25);
        s[0] = (b1 * s[0]) + ((1 - b1) * Math.Clamp(g / Math.Max(Math.Sqrt(s[1]), eps), -bound, bound));
        s[1] = (b2 * s[1]) + ((1 - b2) * g * g);
        return x - (rate * lambda * x) - (rate * s[0]);
    });

    public static FormulaStep Lion(double b1, double b2, double lambda) => PerCoordinate(1, (x, g, s, _, rate) =>
    {
        double moved = x - (rate * (Math.Sign((b1 * s[0]) + ((1 - b1) * g)) + (lambda * x)));
        s[0] = (b2 * s[0]) + ((1 - b2) * g);
        return moved;
    });

    /// <summary>With x and z kept, as in the paper's lines; what is returned is y = (1−β₁)z + β₁x.</summary>
    public static FormulaStep ScheduleFree(double b1, double b2, double eps, double lambda) => PerCoordinate(4, (y, g, s, t, rate) =>
    {
        if (t == 1)
        {
            (s[0], s[2]) = (y, y);
        }

        s[1] = (b2 * s[1]) + ((1 - b2) * g * g);
        s[3] += rate * rate;
        double share = rate * rate / s[3];
        s[0] -= rate * ((g / (Math.Sqrt(s[1] / (1 - Math.Pow(b2, t))) + eps)) + (lambda * y));
        s[2] = ((1 - share) * s[2]) + (share * s[0]);
        return ((1 - b1) * s[0]) + (b1 * s[2]);
    });

    /// <summary>DIN in the velocity form; σ &lt; 0 leaves gradients as they are (INNA).</summary>
    public static FormulaStep Din(double alpha, double beta, double sigma, double eps, double lambda, bool published) => PerCoordinate(2, (x, g, s, t, rate) =>
    {
        s[0] = (sigma * s[0]) + ((1 - sigma) * g * g);
        double scaled = sigma < 0 ? g : g / (Math.Sqrt(s[0] / (1 - Math.Pow(sigma, t))) + eps);
        double m = s[1] + (published ? rate * lambda * (1 - (alpha * beta)) / beta * x : 0);
        s[1] = ((1 - (alpha * rate)) * m) + (rate * (1 - (alpha * beta)) * scaled);
        return ((1 - (rate * lambda)) * x) - (rate * (m + (beta * scaled)));
    });

    public static FormulaStep Innadam(double alpha, double beta, double b1, double sigma, double eps, double lambda) => PerCoordinate(3, (x, g, s, t, rate) =>
    {
        double decayed = x * (1 - (rate * lambda));
        s[2] = t == 1 ? (1 - (alpha * beta)) * x : s[2];
        Moments(s, g, t, b1, sigma);
        double step = rate / (1 - Math.Pow(b1, t));
        double phase = ((alpha - (1 / beta)) * decayed) + (s[2] / beta);
        s[2] -= step * phase;
        return decayed - (step * (phase + (beta * s[0] / (Math.Sqrt(Moments(s).Square(t, sigma)) + eps))));
    });

    public static FormulaStep Dinadam(double alpha, double beta, double sign, double b1, double sigma, double eps, double lambda) => PerCoordinate(2, (x, g, s, t, rate) =>
    {
        double kappa = alpha * beta;
        s[0] = (b1 * s[0]) + ((1 - b1) * (1 - kappa) * g);
        s[1] = (sigma * s[1]) + ((1 - sigma) * g * g);
        double step = rate / ((1 - kappa) * (1 - Math.Pow(b1, t)));
        return (x * (1 - (rate * lambda))) - (step * (s[0] + (sign * kappa * g)) / (Math.Sqrt(Moments(s).Square(t, sigma)) + eps));
    });

    private static (double Mean, double[] States) Moments(double[] s, double g, int t, double b1, double b2)
    {
        s[0] = (b1 * s[0]) + ((1 - b1) * g);
        s[1] = (b2 * s[1]) + ((1 - b2) * g * g);
        return (s[0] / (1 - Math.Pow(b1, t)), s);
    }

    private static Average Moments(double[] s) => new(s[1]);

    private static FormulaStep PerCoordinate(int states, Func<double, double, double[], int, double, double> step)
    {
        double[][]? kept = null;
        int t = 0;
        return (x, g, rate) =>
        {
            kept ??= [.. x.Select(_ => new double[states])];
            t++;
            for (int i = 0; i < x.Length; i++)
            {
                x[i] = step(x[i], g[i], kept[i], t, rate);
            }
        };
    }

    private readonly record struct Average(double Value)
    {
        public double Square(int t, double decay) => Value / (1 - Math.Pow(decay, t));
    }
}
