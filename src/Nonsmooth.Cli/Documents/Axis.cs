namespace Nonsmooth.Cli.Documents;

/// <summary>An axis: from which number to which it goes, where a number lies on it, and its marks, of which at least three have labels and no two labels touch.</summary>
internal sealed class Axis
{
    /// <summary>What a character of a label takes, in the units of a picture.</summary>
    public const double Character = 7;

    private const double _line = 15, _between = 12, _largest = 1e280, _smallest = 1e-280;

    // Nearer to each other than this, numbers differ by rounding and not by what is measured.
    private const double _same = 1e-9;

    private readonly double _from, _to;

    private Axis(bool isLogarithmic, double least, double most, double from, double to, bool isUpright)
    {
        (IsLogarithmic, Least, Most, _from, _to) = (isLogarithmic, least, most, from, to);
        var candidates = isLogarithmic ? LogarithmicTicks.Candidates(least, most) : LinearTicks.Candidates(least, most);
        Ticks = candidates.FirstOrDefault(c => Count(c) is >= 4 and <= 9 && Fits(c, isUpright))
            ?? candidates.FirstOrDefault(c => Count(c) is >= 3 and <= 12 && Fits(c, isUpright))
            ?? candidates.Where(c => Count(c) >= 3).MinBy(Count)!;
    }

    /// <summary>Whether equal steps are equal ratios.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>Where it begins.</summary>
    public double Least { get; }

    /// <summary>Where it ends.</summary>
    public double Most { get; }

    /// <summary>Its marks.</summary>
    public IReadOnlyList<Tick> Ticks { get; }

    /// <summary>An axis of equal steps around numbers.</summary>
    /// <param name="values">The numbers, finite, one at least.</param>
    /// <param name="from">Where in the picture it begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="isUpright">Whether its labels stand above each other.</param>
    /// <param name="fromZero">Whether 0 is on it, whatever the numbers.</param>
    /// <param name="margin">The part of the range that is added at either end; none at 0 that was asked for.</param>
    public static Axis Linear(IEnumerable<double> values, double from, double to, bool isUpright, bool fromZero = false, double margin = 0)
    {
        double[] all = [.. values.Select(v => Math.Clamp(v, -_largest, _largest))];
        var (least, most) = (all.Min(), all.Max());
        (least, most) = fromZero ? (Math.Min(0, least), Math.Max(0, most)) : (least, most);
        double magnitude = Math.Max(Math.Abs(least), Math.Abs(most));
        if (most - least <= Math.Max(_same * magnitude, _smallest))
        {
            double half = magnitude > 20 * _smallest ? magnitude / 20 : 1;
            return fromZero ? new(false, 0, 1, from, to, isUpright) : new(false, least - half, most + half, from, to, isUpright);
        }

        double more = margin * (most - least);
        return new(false, fromZero && least == 0 ? 0 : least - more, fromZero && most == 0 ? 0 : most + more, from, to, isUpright);
    }

    /// <summary>An axis of equal ratios around numbers.</summary>
    /// <param name="values">The numbers, finite and above 0, one at least.</param>
    /// <param name="from">Where in the picture it begins.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="isUpright">Whether its labels stand above each other.</param>
    public static Axis Logarithmic(IEnumerable<double> values, double from, double to, bool isUpright)
    {
        double[] all = [.. values.Select(v => Math.Clamp(v, _smallest, _largest))];
        var (least, most) = (all.Min(), all.Max());
        double factor = most / least <= 1 + _same ? 1.5 : Math.Exp(0.03 * (Math.Log(most) - Math.Log(least)));
        return new(true, least / factor, most * factor, from, to, isUpright);
    }

    /// <summary>Where a number lies in the picture.</summary>
    public double At(double value) => _from + ((_to - _from) * (IsLogarithmic
        ? (Math.Log(value) - Math.Log(Least)) / (Math.Log(Most) - Math.Log(Least))
        : (value - Least) / (Most - Least)));

    private static int Count(IReadOnlyList<Tick> ticks) => ticks.Count(t => t.HasLabel);

    private bool Fits(IReadOnlyList<Tick> ticks, bool isUpright)
    {
        var labelled = ticks.Where(t => t.HasLabel).ToList();
        return labelled.Zip(labelled.Skip(1)).All(pair =>
            Math.Abs(At(pair.Second.Value) - At(pair.First.Value)) >= (isUpright ? _line : (Character * (pair.First.Label.Length + pair.Second.Label.Length) / 2) + _between));
    }
}
