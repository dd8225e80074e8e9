using System.Globalization;
using MathNet.Numerics.Distributions;

namespace Nonsmooth.Training.Studies;

/// <summary>The mean of paired differences with Student's interval.</summary>
/// <param name="Pairs">Pairs that the mean is over.</param>
/// <param name="Mean">The mean of other − reference; NaN without a pair.</param>
/// <param name="Deviation">Their standard deviation; NaN with fewer than 2 pairs.</param>
/// <param name="HalfWidth">Half the length of the 95 % interval; infinite with fewer than 2 pairs.</param>
/// <remarks>The interval supposes differences that are about normal, which few seeds cannot show.</remarks>
public readonly record struct MeanDifference(int Pairs, double Mean, double Deviation, double HalfWidth)
{
    /// <summary>The interval's lower end.</summary>
    public double Low => Mean - HalfWidth;

    /// <summary>The interval's upper end.</summary>
    public double High => Mean + HalfWidth;

    /// <summary>Whether the interval has zero in it: the data do not tell the two apart.</summary>
    public bool IncludesZero => Low <= 0 && High >= 0;

    /// <summary>Of differences, one a pair.</summary>
    /// <param name="differences">Finite numbers.</param>
    /// <param name="risk">The probability of missing the truth, 0.05 for 95 %.</param>
    public static MeanDifference Of(IReadOnlyList<double> differences, double risk = 0.05)
    {
        int n = differences.Count;
        if (n == 0)
        {
            return new(0, double.NaN, double.NaN, double.PositiveInfinity);
        }

        double mean = differences.Average();
        if (n == 1)
        {
            return new(1, mean, double.NaN, double.PositiveInfinity);
        }

        double deviation = Math.Sqrt(differences.Sum(d => (d - mean) * (d - mean)) / (n - 1));
        return new(n, mean, deviation, StudentT.InvCDF(0, 1, n - 1, 1 - (risk / 2)) * deviation / Math.Sqrt(n));
    }

    /// <summary><c>0.0012 ± 0.003 (5 pairs)</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Mean:G3} ± {HalfWidth:G3} ({Pairs} pairs)");
}
