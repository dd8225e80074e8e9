using System.Globalization;
using Nonsmooth.Optimizers.Checks;

namespace Nonsmooth.Optimizers;

/// <summary>Which of INNAprop's settings cannot work, and which work but not as one may expect.</summary>
/// <remarks>
/// For a curvature h of the scaled problem a step is stable iff 0 ≤ αγ &lt; 2, γh(2β − γ) &lt; 2(2 − αγ) and
/// α + βh &gt; γh; the last holds for every h as long as γ ≤ β.
/// </remarks>
internal static class InnapropStability
{
    private const double Rounding = 1 + 1e-12;

    public static void Validate(InnapropOptions options, double rate, long step)
    {
        (double alpha, double beta) = (options.AlphaAt(step), options.BetaAt(step));
        OptionCheck.Positive("beta", beta);
        double product = alpha * rate;
        if (product >= 2)
        {
            throw Impossible($"alpha times rate is {product} and diverges from 2 on: lower alpha ({alpha}) or the rate ({rate})");
        }

        if (rate * options.WeightDecay >= 2)
        {
            throw Impossible(
                $"rate times weight-decay is {rate * options.WeightDecay} and diverges from 2 on: lower the rate ({rate}) or weight-decay ({options.WeightDecay})");
        }

        if (options.Form == InnapropForm.Average)
        {
            OptionCheck.Require(product != 1, "alpha times rate", product, "a product other than 1, which form average divides by zero at");
        }

        if (options.Form == InnapropForm.Psi)
        {
            OptionCheck.Require(rate != beta, "rate", rate, "a rate other than beta, which form psi divides by zero at, or form velocity");
        }
    }

    public static string? WarningFor(InnapropOptions options, double rate)
    {
        if (options.StateFormat == NumberFormat.BFloat16 && options.Form is (InnapropForm.Psi or InnapropForm.Euler))
        {
            return $"form {options.Form} keeps a state of the weights' size, of which bfloat16 loses the velocity: give form velocity".ToLowerInvariant();
        }

        (double alpha, double beta, double lambda) = (options.AlphaAt(1), options.BetaAt(1), options.WeightDecay);
        if (rate > beta * Rounding)
        {
            return Line($"rate {rate} is above beta {beta}: directions of scaled curvature above {alpha / (rate - beta):G4} diverge, so lower the rate or raise beta");
        }

        if (alpha * rate > 1)
        {
            return Line($"alpha times rate is {alpha * rate}, above 1: the velocity changes sign every step, so lower alpha or the rate");
        }

        if (alpha == 0 && rate > 0)
        {
            return Line($"alpha is 0: nothing slows the velocity down, so the weights drift on along a gradient that has gone; give alpha above 0");
        }

        // Without gradient the published decay is θ̈ + (α+λ)θ̇ + (λ/β)θ = 0, underdamped between two λ.
        double middle = (2 / beta) - alpha;
        double half = middle > alpha ? Math.Sqrt((middle * middle) - (alpha * alpha)) : 0;
        return options.DecayMode == InnapropWeightDecay.Published && lambda > middle - half && lambda < middle + half
            ? Line($"published weight-decay {lambda} makes weights without gradient swing through 0 instead of decaying: give decay-mode decoupled, or weight-decay up to {middle - half:G3}")
            : null;
    }

    private static NonsmoothException Impossible(FormattableString message) => new(Line(message));

    private static string Line(FormattableString message) => message.ToString(CultureInfo.InvariantCulture);
}
