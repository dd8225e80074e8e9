using System.Globalization;
using Nonsmooth.Cli.Output;

namespace Nonsmooth.Cli.Documents;

/// <summary>Marks at multiples of 1, 2, 2.5 or 5 times a power of ten.</summary>
internal static class LinearTicks
{
    private const int _ideal = 6;

    // Parts of a step: an end that should be a mark is one, although it was rounded.
    private const double _slack = 1e-9;

    private static readonly double[] _steps = [1, 2, 2.5, 5];

    /// <summary>Ways to mark a range, the best number of marks first.</summary>
    public static IReadOnlyList<IReadOnlyList<Tick>> Candidates(double least, double most)
    {
        int power = (int)Math.Floor(Math.Log10(most - least));
        return
        [
            .. from exponent in Enumerable.Range(power - 2, 3)
               from step in _steps
               let ticks = Of(least, most, step, exponent)
               where ticks.Count is >= 3 and <= 15
               orderby Math.Abs(ticks.Count - _ideal), step == 2.5
               select ticks,
        ];
    }

    /// <summary>A number as m·10ⁿ.</summary>
    public static string Power(double mantissa, int exponent, int decimals) => mantissa == 0 ? "0"
        : $"{(mantissa == 1 ? "" : Numbers.Short(mantissa, decimals) + "·")}10{Superscript(exponent)}";

    private static List<Tick> Of(double least, double most, double step, int exponent)
    {
        double size = Times(step, exponent);
        var (first, last) = (Math.Ceiling((least / size) - _slack), Math.Floor((most / size) + _slack));
        if (last - first > 15)
        {
            return [];
        }

        double[] values = [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => Times((first + i) * step, exponent))];
        int decimals = step == 2.5 ? 1 : 0;
        double magnitude = values.Select(Math.Abs).DefaultIfEmpty(0).Max();
        int shared = magnitude == 0 ? exponent : (int)Math.Floor(Math.Log10(magnitude) + 1e-12);
        return [.. values.Select(v => new Tick(v, magnitude is 0 or (>= 1e-3 and < 1e7)
            ? Numbers.Short(v, Math.Max(0, decimals - exponent))
            : Power(Times(v, -shared), shared, Math.Max(0, shared - exponent + decimals))))];
    }

    // A power of ten below 1 is not a number of binary: what is divided by one above it is rounded once.
    private static double Times(double value, int exponent) => exponent < 0 ? value / Math.Pow(10, -exponent) : value * Math.Pow(10, exponent);

    private static string Superscript(int exponent) =>
        string.Concat(exponent.ToString(CultureInfo.InvariantCulture).Select(c => c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']));
}
