using System.Globalization;

namespace Nonsmooth.Cli.Output;

/// <summary>Numbers as tables show them, in every culture alike.</summary>
internal static class Numbers
{
    /// <summary>An integer with separators: 25,475.</summary>
    public static string Whole(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>With separators, and decimals only where there are any.</summary>
    public static string Short(double value, int decimals = 4) =>
        (value == 0 ? 0 : value).ToString(decimals == 0 ? "#,0" : "#,0." + new string('#', decimals), CultureInfo.InvariantCulture)
            .Replace('-', '−');

    /// <summary>A fraction as a percentage.</summary>
    public static string Percent(double fraction, int decimals = 1) =>
        (100 * fraction).ToString("F" + decimals, CultureInfo.InvariantCulture) + " %";

    /// <summary>With so many significant digits.</summary>
    public static string Digits(double value, int digits = 3) =>
        value.ToString("G" + digits, CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);

    /// <summary>A time span in the unit that suits it.</summary>
    public static string Seconds(double seconds) => seconds switch
    {
        < 1e-3 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e6:F0} µs"),
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e3:F1} ms"),
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{seconds:F1} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:F1} min"),
    };
}
