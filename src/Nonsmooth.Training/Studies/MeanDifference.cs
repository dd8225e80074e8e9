using System.Globalization;
using Nonsmooth.Reliability.Statistics;

namespace Nonsmooth.Training.Studies;

/// <summary>The mean of paired differences, or of runs of several seeds, with an interval of their centre.</summary>
/// <param name="Pairs">Pairs that the mean is over.</param>
/// <param name="Mean">The mean of other − reference; NaN without a pair.</param>
/// <param name="Deviation">Their standard deviation; NaN with fewer than 2 pairs.</param>
/// <param name="Low">The interval's lower end; −∞ without one.</param>
/// <param name="High">Its upper end; ∞ without one.</param>
/// <remarks>
/// The interval is <see cref="SymmetricCentre"/>'s: seeds are independent and differences symmetric about their centre, normal or
/// not. It takes 6 pairs for 95 %, more at a smaller risk; with fewer there is none.
/// </remarks>
public readonly record struct MeanDifference(int Pairs, double Mean, double Deviation, double Low, double High)
{
    /// <summary>Whether there were pairs enough for an interval.</summary>
    public bool HasInterval => double.IsFinite(Low) && double.IsFinite(High);

    /// <summary>Half the interval's length; infinite without one.</summary>
    public double HalfWidth => HasInterval ? (High - Low) / 2 : double.PositiveInfinity;

    /// <summary>Whether the interval has zero in it, or there is none: the data do not tell the two apart.</summary>
    public bool IncludesZero => Low <= 0 && High >= 0;

    /// <summary>Of differences, one a pair.</summary>
    /// <param name="differences">Finite numbers.</param>
    /// <param name="risk">The probability of missing the centre, 0.05 for 95 %.</param>
    public static MeanDifference Of(IReadOnlyList<double> differences, double risk = 0.05)
    {
        int n = differences.Count;
        double mean = n == 0 ? double.NaN : differences.Average();
        double deviation = n < 2 ? double.NaN : Math.Sqrt(differences.Sum(d => (d - mean) * (d - mean)) / (n - 1));
        var (low, high) = SymmetricCentre.Interval(differences, risk) ?? (double.NegativeInfinity, double.PositiveInfinity);
        return new(n, mean, deviation, low, high);
    }

    /// <summary><c>0.0012, -0.002 to 0.004 (7 pairs)</c>, or <c>0.0012 (3 pairs)</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Mean:G3}{(HasInterval ? string.Create(CultureInfo.InvariantCulture, $", {Low:G3} to {High:G3}") : "")} ({Pairs} pairs)");
}
