using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Solutions;

/// <summary>The threshold τ for which Σ max(0, z_i − τ) is a given total.</summary>
/// <remarks>Source: Held, Wolfe, Crowder (1974); by sorting.</remarks>
internal static class Threshold
{
    private const double _rounding = 8.0 / (1L << 53);

    /// <param name="numbers">z, at least one.</param>
    /// <param name="total">Not negative.</param>
    public static double Of(IReadOnlyList<double> numbers, double total)
    {
        double sum = 0;
        double threshold = double.PositiveInfinity;
        int count = 0;
        foreach (double z in numbers.OrderDescending())
        {
            if (count > 0 && z <= threshold)
            {
                break;
            }

            sum += z;
            count++;
            threshold = (sum - total) / count;
        }

        return threshold;
    }

    /// <summary>−∞ masks a coordinate, whose share is 0.</summary>
    /// <exception cref="OutOfRangeException">A number is +∞, or all are −∞.</exception>
    public static void CheckMask(double[] numbers)
    {
        double largest = numbers.Length == 0 ? 0 : numbers.Max();
        if (double.IsInfinity(largest))
        {
            throw new OutOfRangeException(largest > 0 ? "z is +∞ at an element: give numbers, or −∞ for what is masked" : "z is −∞ at every element: leave one unmasked", largest);
        }
    }

    /// <summary>z − τ, computed from the differences to the largest: no number off the support and no shift of all matters.</summary>
    public static double[] Excess(double[] numbers, double total)
    {
        double largest = numbers.Max();
        double[] below = Array.ConvertAll(numbers, z => z - largest);
        double threshold = Of(below, total);
        return Array.ConvertAll(below, b => b - threshold);
    }

    /// <summary>The distance below which a coordinate is at the threshold: relative to the total, and the rounding of numbers as large as the largest.</summary>
    public static double Tolerance(double[] numbers, double total) =>
        (ExactMap.Weak * total) + (_rounding * Math.Abs(numbers.Max()));

    /// <summary>States of coordinates z − τ: 0 above the bound, 1 below, 2 there within the tolerance.</summary>
    public static long[] States(double[] excess, double tolerance) =>
        Array.ConvertAll(excess, e => Math.Abs(e) <= tolerance ? 2L : e > 0 ? 0 : 1);

    public static IReadOnlyList<Margin> Margins(double[] excess, long[] state) =>
        [.. excess.Select((e, i) => new Margin(i, Math.Abs(e), state[i] != 0, state[i] == 2))];

    /// <summary>The equations of coordinates x_i above a threshold that their forces have in common, and of others that are 0.</summary>
    /// <param name="chosen">Which are above.</param>
    /// <param name="forces">What is equal over those: φ⁻¹(x) − z.</param>
    /// <param name="x">The coordinates.</param>
    /// <param name="total">What those above sum to.</param>
    public static Variable Equations(Variable chosen, Variable forces, Variable x, Variable total)
    {
        var share = Functions.Where(chosen, 1, 0 * x);
        var count = share.Sum();
        var excess = (share * x).Sum() - total;
        return Functions.Where(chosen, forces - (((share * forces).Sum() - excess) / count), x);
    }
}
