namespace Nonsmooth.Reliability.Statistics;

/// <summary>
/// The 2 × 2 tables in which the first share exceeds the second by as much as in the one at hand or more, in the order of the
/// pooled z statistic, and bounds of their probability.
/// </summary>
/// <remarks>
/// A table of the tail stays in it with more successes in the first sample or fewer in the second, so its probability
/// grows with the first probability and falls with the second: over a cell of pairs (p + δ, p), p ∈ [a, b], it is at
/// most that at (b + δ, a). Bisecting cells by that bound finds the worst case with proof, up to rounding.
/// </remarks>
internal sealed class TableTail
{
    private const double _outside = 1e-6;
    private const double _relative = 0.01;
    private const double _narrowest = 1e-9;

    private readonly BinomialTable _first;
    private readonly BinomialTable _second;
    private readonly Interval _firstRange;
    private readonly Interval _secondRange;

    /// <summary>The most successes of the second sample for which a table is in the tail, by those of the first; −1 for none.</summary>
    private readonly int[] _most;

    public TableTail(Proportion first, Proportion second)
    {
        (_first, _second) = (new(checked((int)first.Trials)), new(checked((int)second.Trials)));
        (_firstRange, _secondRange) = (first.ClopperPearson(_outside / 2), second.ClopperPearson(_outside / 2));
        Observed = first.Share - second.Share;
        double z = PooledZ(first.Successes, first.Trials, second.Successes, second.Trials);
        _most = new int[_first.Trials + 1];
        int most = -1;
        for (int k = 0; k < _most.Length; k++)
        {
            // Rounding must not drop the table at hand or its equals.
            while (most < _second.Trials && PooledZ(k, first.Trials, most + 1, second.Trials) >= z - 1e-9)
            {
                most++;
            }

            _most[k] = most;
        }
    }

    /// <summary>The first share less the second.</summary>
    public double Observed { get; }

    /// <summary>The tail's probability where both probabilities are the same, in the worst case, at most 1 % too large.</summary>
    public double Worst()
    {
        var (low, high) = Line(0);
        if (low > high)
        {
            return _outside;
        }

        double best = Math.Max(At(low, low), At(high, high));
        double bound = best;
        var cells = new Stack<(double Low, double High)>([(low, high)]);
        while (cells.TryPop(out var cell))
        {
            double above = At(cell.High, cell.Low);
            double middle = (cell.Low + cell.High) / 2;
            best = Math.Max(best, At(middle, middle));
            if (above <= best * (1 + _relative) || cell.High - cell.Low < _narrowest)
            {
                bound = Math.Max(bound, above);
                continue;
            }

            cells.Push((cell.Low, middle));
            cells.Push((middle, cell.High));
        }

        return Math.Min(1, bound + _outside);
    }

    /// <summary>Whether some pair of probabilities this far apart gives the tail a probability; in doubt, yes.</summary>
    /// <param name="difference">The first less the second.</param>
    /// <param name="level">The probability.</param>
    public bool Reaches(double difference, double level)
    {
        if (_outside >= level)
        {
            return true;
        }

        var (low, high) = Line(difference);
        if (low > high)
        {
            return false;
        }

        double needed = level - _outside;
        var cells = new Stack<(double Low, double High)>([(low, high)]);
        while (cells.TryPop(out var cell))
        {
            if (At(cell.High + difference, cell.Low) < needed)
            {
                continue;
            }

            double middle = (cell.Low + cell.High) / 2;
            if (cell.High - cell.Low < _narrowest || At(middle + difference, middle) >= needed)
            {
                return true;
            }

            cells.Push((cell.Low, middle));
            cells.Push((middle, cell.High));
        }

        return false;
    }

    /// <summary>Second probabilities p for which (p + difference, p) is not excluded by the counts.</summary>
    private (double Low, double High) Line(double difference) => (
        Math.Max(_secondRange.Low, _firstRange.Low - difference),
        Math.Min(_secondRange.High, _firstRange.High - difference));

    /// <summary>The tail's probability.</summary>
    private double At(double first, double second)
    {
        double[] cumulative = _second.Cumulative(second);
        double[] masses = _first.Masses(first);
        double sum = 0;
        for (int k = 0; k < masses.Length; k++)
        {
            sum += _most[k] < 0 ? 0 : masses[k] * cumulative[_most[k]];
        }

        return sum;
    }

    /// <summary>(k/n − l/m) / √(p(1 − p)(1/n + 1/m)) with p the share of both together; 0 where that is 0 or 1.</summary>
    internal static double PooledZ(double k, double n, double l, double m)
    {
        double pooled = (k + l) / (n + m);
        double variance = pooled * (1 - pooled) * ((1 / n) + (1 / m));
        return variance <= 0 ? 0 : ((k / n) - (l / m)) / Math.Sqrt(variance);
    }
}
