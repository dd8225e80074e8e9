namespace Nonsmooth.Reliability.Zones;

/// <summary>Numbers counted by decade, the exact zeros apart.</summary>
/// <param name="Zeros">Exact zeros.</param>
/// <param name="NonFinite">NaN and infinities.</param>
/// <param name="Decades">The other numbers: those in [10^d, 10^(d+1)) under d, ascending.</param>
public sealed record DecadeHistogram(int Zeros, int NonFinite, IReadOnlyDictionary<int, int> Decades)
{
    /// <summary>Counts numbers that are not negative.</summary>
    public static DecadeHistogram Of(IEnumerable<double> numbers)
    {
        int zeros = 0;
        int nonFinite = 0;
        var decades = new SortedDictionary<int, int>();
        foreach (double number in numbers)
        {
            if (number == 0)
            {
                zeros++;
            }
            else if (!double.IsFinite(number))
            {
                nonFinite++;
            }
            else
            {
                int decade = (int)Math.Floor(Math.Log10(number));
                decades[decade] = decades.GetValueOrDefault(decade) + 1;
            }
        }

        return new DecadeHistogram(zeros, nonFinite, decades);
    }

    /// <summary>The widest run of empty decades between two that are not: where a threshold has room. Null without one.</summary>
    public (int From, int To)? Gap()
    {
        (int From, int To)? widest = null;
        foreach (var (low, high) in Decades.Keys.Zip(Decades.Keys.Skip(1)))
        {
            if (high - low > 1 && (widest is not { } w || high - low - 1 > w.To - w.From))
            {
                widest = (low + 1, high);
            }
        }

        return widest;
    }
}
