namespace Nonsmooth.Optimizers.Tests;

/// <content>Older optimizers, and what others define otherwise.</content>
internal static partial class Formulas
{
    public static FormulaStep SgdDamped(double mu, double tau, double lambda) => PerCoordinate(1, (x, g, s, t, rate) =>
    {
        double d = g + (lambda * x);
        s[0] = t == 1 ? d : (mu * s[0]) + ((1 - tau) * d);
        return x - (rate * s[0]);
    });

    public static FormulaStep RmspropOther(double alpha, double mu, double eps, bool centred) => PerCoordinate(3, (x, g, s, t, rate) =>
    {
        double bias = centred ? 1 : 1 - Math.Pow(alpha, t);
        s[0] = (alpha * s[0]) + ((1 - alpha) * g * g);
        s[2] = (alpha * s[2]) + ((1 - alpha) * g);
        double scaled = g / Math.Sqrt((s[0] / bias) - (centred ? Math.Pow(s[2] / bias, 2) : 0) + eps);
        s[1] = (mu * s[1]) + scaled;
        return x - (rate * (scaled + (mu * s[1])));
    });

    public static FormulaStep AdamOther(double b1, double b2, double eps, double root, bool raw) => PerCoordinate(2, (x, g, s, t, rate) =>
    {
        double mean = Moments(s, g, t, b1, b2).Mean;
        double corrected = Math.Sqrt(Moments(s).Square(t, b2) + root);
        return x - (rate * mean / (corrected + (raw ? eps / Math.Sqrt(1 - Math.Pow(b2, t)) : eps)));
    });

    public static FormulaStep NAdamCoupled(double b1, double b2, double psi, double eps, double lambda)
    {
        var plain = NAdamW(b1, b2, psi, eps, 0);
        return (x, g, rate) => plain(x, [.. g.Select((gi, i) => gi + (lambda * x[i]))], rate);
    }

    public static FormulaStep Adagrad(double delta, double initial, double eps, bool inRoot, double lambda) => PerCoordinate(1, (x, g, s, t, rate) =>
    {
        double d = g + (lambda * x);
        s[0] += (t == 1 ? initial : 0) + (d * d);
        return x - (rate / (1 + ((t - 1) * delta)) * d / (inRoot ? Math.Sqrt(s[0] + eps) : Math.Sqrt(s[0]) + eps));
    });

    public static FormulaStep Adadelta(double rho, double eps, double lambda) => PerCoordinate(2, (x, g, s, _, rate) =>
    {
        double d = g + (lambda * x);
        s[0] = (rho * s[0]) + ((1 - rho) * d * d);
        double move = Math.Sqrt((s[1] + eps) / (s[0] + eps)) * d;
        s[1] = (rho * s[1]) + ((1 - rho) * move * move);
        return x - (rate * move);
    });

    public static FormulaStep Rprop(double shrink, double grow, double least, double most) => PerCoordinate(2, (x, g, s, t, rate) =>
    {
        s[1] = t == 1 ? rate : s[1];
        double turn = Math.Sign(g) * s[0];
        s[1] = Math.Clamp(s[1] * (turn > 0 ? grow : turn < 0 ? shrink : 1), least, most);
        s[0] = turn < 0 ? 0 : Math.Sign(g);
        return x - (s[1] * s[0]);
    });

    public static FormulaStep AmsGrad(double b1, double b2, double eps, double lambda, bool corrected) => PerCoordinate(3, (x, g, s, t, rate) =>
    {
        double mean = Moments(s, g, t, b1, b2).Mean;
        double bias = 1 - Math.Pow(b2, t);
        s[2] = Math.Max(s[2], corrected ? s[1] / bias : s[1]);
        return x - (rate * lambda * x) - (rate * mean / (Math.Sqrt(corrected ? s[2] : s[2] / bias) + eps));
    });

    public static FormulaStep Adamax(double b1, double b2, double eps, double lambda) => PerCoordinate(2, (x, g, s, t, rate) =>
    {
        double d = g + (lambda * x);
        s[0] = (b1 * s[0]) + ((1 - b1) * d);
        s[1] = Math.Max(b2 * s[1], Math.Abs(d) + eps);
        return x - (rate * s[0] / (1 - Math.Pow(b1, t)) / s[1]);
    });

    public static FormulaStep RAdam(double b1, double b2, double eps, double threshold) => PerCoordinate(2, (x, g, s, t, rate) =>
    {
        double mean = Moments(s, g, t, b1, b2).Mean;
        double most = (2 / (1 - b2)) - 1;
        double rho = most - (2 * t * Math.Pow(b2, t) / (1 - Math.Pow(b2, t)));
        double rectified = Math.Sqrt((rho - 4) * (rho - 2) * most / ((most - 4) * (most - 2) * rho));
        return x - (rate * (rho >= threshold ? rectified * mean / (Math.Sqrt(Moments(s).Square(t, b2)) + eps) : mean));
    });

    public static FormulaStep AdaBelief(double b1, double b2, double eps, double root) => PerCoordinate(2, (x, g, s, t, rate) =>
    {
        s[0] = (b1 * s[0]) + ((1 - b1) * g);
        s[1] = (b2 * s[1]) + ((1 - b2) * Math.Pow(g - s[0], 2)) + root;
        return x - (rate * s[0] / (1 - Math.Pow(b1, t)) / (Math.Sqrt(s[1] / (1 - Math.Pow(b2, t))) + eps));
    });

    public static FormulaStep Yogi(double b1, double b2, double eps, double initial) => PerCoordinate(2, (x, g, s, t, rate) =>
    {
        (s[0], s[1]) = t == 1 ? (initial, initial) : (s[0], s[1]);
        s[0] = (b1 * s[0]) + ((1 - b1) * g);
        s[1] -= (1 - b2) * Math.Sign(s[1] - (g * g)) * g * g;
        return x - (rate * s[0] / (1 - Math.Pow(b1, t)) / (Math.Sqrt(s[1] / (1 - Math.Pow(b2, t))) + eps));
    });
}
