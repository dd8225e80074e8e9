namespace Nonsmooth.Optimizers.Kernels;

/// <summary>What an exponential average that starts at 0 must be divided by to be unbiased.</summary>
internal static class BiasCorrection
{
    /// <summary>1 − decayᵗ, accurate also for a decay near 1. Needs 0 ≤ decay &lt; 1 and t ≥ 1.</summary>
    public static double Of(double decay, long step)
    {
        double exponent = step * Math.Log(decay);
        double power = Math.Exp(exponent);
        if (power < 0.5)
        {
            return 1 - power;
        }

        // Near 1 the difference loses digits; the quotient gives them back, since the rounding of power
        // enters numerator and denominator alike.
        return power == 1 ? -exponent : (1 - power) * (exponent / Math.Log(power));
    }
}
