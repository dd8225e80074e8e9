using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace Nonsmooth.Settings;

/// <summary>The usual ranges. NaN is in none of them.</summary>
public static class Ranges
{
    /// <summary>Any finite number.</summary>
    public static Range<double> Finite { get; } = new(
        "a finite number",
        value => value.ToString(CultureInfo.InvariantCulture),
        (string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value),
        double.IsFinite) { Placeholder = "X", IsLiteral = true };

    /// <summary>Above 0, finite.</summary>
    public static Range<double> Positive { get; } = Above(0);

    /// <summary>At least 0, finite.</summary>
    public static Range<double> NonNegative { get; } = AtLeast(0);

    /// <summary>For a decay of an average and the like: from 0 to below 1.</summary>
    public static Range<double> Decay { get; } = Finite.Where(v => v is >= 0 and < 1, "a number from 0 up to but not including 1");

    /// <summary>From 0 to 1.</summary>
    public static Range<double> Share { get; } = Finite.Where(v => v is >= 0 and <= 1, "a number from 0 to 1");

    /// <summary>Above 0 and below 1.</summary>
    public static Range<double> Part { get; } = Finite.Where(v => v is > 0 and < 1, "a number above 0 and below 1");

    /// <summary>A seed.</summary>
    public static Range<ulong> Seed { get; } = Whole<ulong>(0, $"a whole number from 0 to {ulong.MaxValue}");

    /// <summary>True or false.</summary>
    public static Range<bool> Switch { get; } = new(
        "true or false", value => value ? "true" : "false", bool.TryParse, _ => true) { Placeholder = "BOOL", IsLiteral = true, Names = ["true", "false"] };

    /// <summary>Above a bound, finite.</summary>
    public static Range<double> Above(double bound) =>
        Finite.Where(v => v > bound, string.Create(CultureInfo.InvariantCulture, $"a finite number above {bound}"));

    /// <summary>At least a bound, finite.</summary>
    public static Range<double> AtLeast(double bound) =>
        Finite.Where(v => v >= bound, string.Create(CultureInfo.InvariantCulture, $"a finite number of at least {bound}"));

    /// <summary>A whole number of at least <paramref name="least"/>.</summary>
    public static Range<int> From(int least) => Whole(least, string.Create(CultureInfo.InvariantCulture, $"a whole number of at least {least}"));

    /// <summary>A whole number of at least <paramref name="least"/>, a large one too.</summary>
    public static Range<long> From(long least) => Whole(least, string.Create(CultureInfo.InvariantCulture, $"a whole number of at least {least}"));

    /// <summary>Any text but an empty one.</summary>
    public static Range<string> Text(string expects, string placeholder = "TEXT") => new(
        expects, value => value, Take, value => value.Length > 0) { Placeholder = placeholder };

    /// <summary>What a type's own text says.</summary>
    /// <param name="expects">What one looks like.</param>
    /// <param name="read">The value; null where the text is none.</param>
    public static Range<T> Parsed<T>(string expects, Func<string, T?> read)
        where T : class => new(expects, value => value.ToString(), (string text, [MaybeNullWhen(false)] out T value) => (value = read(text)) is not null, _ => true);

    /// <summary>One of several names, in any case.</summary>
    public static Range<T> OneOf<T>(params (string Name, T Value)[] choices)
        where T : notnull => new(
            $"one of {string.Join(", ", choices.Select(c => c.Name))}",
            value => Array.Find(choices, c => c.Value.Equals(value)).Name,
            (string text, [MaybeNullWhen(false)] out T value) =>
            {
                int i = Array.FindIndex(choices, c => c.Name.Equals(text, StringComparison.OrdinalIgnoreCase));
                value = i >= 0 ? choices[i].Value : default;
                return i >= 0;
            },
            value => Array.Exists(choices, c => c.Value.Equals(value))) { Placeholder = "NAME", Names = [.. choices.Select(c => c.Name)] };

    /// <summary>One of an enumeration's names, in any case.</summary>
    public static Range<T> OneOf<T>()
        where T : struct, Enum => OneOf([.. Enum.GetValues<T>().Select(value => (value.ToString().ToLowerInvariant(), value))]);

    /// <summary>The same, or nothing.</summary>
    public static Range<T?> OrUnset<T>(this Range<T> range)
        where T : struct => new(
            range.Expects,
            value => value is { } given ? range.Print(given) : null,
            (string text, out T? value) =>
            {
                bool read = range.Read(text, out var given);
                value = read ? given : null;
                return read;
            },
            value => value is null || range.Holds(value.Value)) { Placeholder = range.Placeholder, IsLiteral = range.IsLiteral, Names = range.Names };

    /// <summary>The same, or nothing.</summary>
    public static Range<T?> OrNull<T>(this Range<T> range)
        where T : class => new(
            range.Expects,
            value => value is null ? null : range.Print(value),
            (string text, out T? value) => range.Read(text, out value),
            value => value is null || range.Holds(value)) { Placeholder = range.Placeholder, IsLiteral = range.IsLiteral, Names = range.Names };

    private static Range<T> Whole<T>(T least, string expects)
        where T : struct, IBinaryInteger<T> => new(
            expects,
            value => value.ToString(null, CultureInfo.InvariantCulture),
            (string text, out T value) => T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value),
            value => value >= least) { Placeholder = "N", IsLiteral = true };

    private static bool Take(string text, out string value)
    {
        value = text;
        return true;
    }
}
