using System.Globalization;

namespace Nonsmooth.Cli.Output;

/// <summary>Numbers as tables show them, in every culture alike.</summary>
internal static class Numbers
{
    /// <summary>An integer with separators: 25,475.</summary>
    public static string Whole(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>So many things: 1 epoch, 2 epochs.</summary>
    public static string Count(long count, string what) => $"{Whole(count)} {what}{(count == 1 ? "" : "s")}";

    /// <summary>With separators, and decimals only where there are any.</summary>
    public static string Short(double value, int decimals = 4) =>
        (value == 0 ? 0 : value).ToString(decimals == 0 ? "#,0" : "#,0." + new string('#', decimals), CultureInfo.InvariantCulture)
            .Replace('-', '−');

    /// <summary>A fraction as a percentage.</summary>
    public static string Percent(double fraction, int decimals = 1) =>
        (100 * fraction).ToString("F" + decimals, CultureInfo.InvariantCulture) + " %";

    /// <summary>Percent in two digits, without an exponent where that can be read; only 100 is shown as 100.</summary>
    public static string Points(double percent) => Math.Abs(percent) switch
    {
        0 => "0",
        < 1e-4 => Digits(percent, 2),
        < 10 => Short(double.Parse(percent.ToString("G2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), 6),
        < 100 => Short(Math.Min(Math.Round(percent, 1), 99.9), 1),
        _ => Whole(percent),
    };

    /// <summary>With so many significant digits.</summary>
    public static string Digits(double value, int digits = 3) =>
        value.ToString("G" + digits, CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);

    /// <summary>Two digits and always an exponent; 0 as 0.</summary>
    public static string Magnitude(double value) => value == 0 ? "0" : value.ToString("0.0e-0", CultureInfo.InvariantCulture);

    /// <summary>A time span in the unit that suits it.</summary>
    public static string Seconds(double seconds) => seconds switch
    {
        < 1e-3 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e6:F0} µs"),
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1e3:F1} ms"),
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{seconds:F1} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:F1} min"),
    };

    /// <summary>Three digits and a decimal prefix: 1.81 G, 118 M, 64.</summary>
    public static string Scaled(double value)
    {
        string[] prefixes = ["", " k", " M", " G", " T", " P", " E", " Z", " Y"];
        int step = 0;
        while (Math.Abs(value) >= 999.5 && step < prefixes.Length - 1)
        {
            value /= 1000;
            step++;
        }

        int decimals = step == 0 ? 0 : Math.Abs(value) < 9.995 ? 2 : Math.Abs(value) < 99.95 ? 1 : 0;
        return value.ToString("F" + decimals, CultureInfo.InvariantCulture) + prefixes[step];
    }

    /// <summary>Bytes in MiB, or in the binary unit that suits them.</summary>
    public static string Bytes(double bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes:F0} B"),
        < 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024:F1} KiB"),
        < 1 << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1 << 20):F1} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1 << 30):F2} GiB"),
    };

    /// <summary>A bar of eighths of blocks.</summary>
    public static string Bar(double fraction, int width)
    {
        int eighths = (int)Math.Round(8 * width * Math.Clamp(fraction, 0, 1));
        return new string('█', eighths / 8) + (eighths % 8 == 0 ? "" : "▏▎▍▌▋▊▉"[(eighths % 8) - 1].ToString());
    }
}
