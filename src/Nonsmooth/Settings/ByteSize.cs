using System.Globalization;

namespace Nonsmooth.Settings;

/// <summary>Numbers of bytes with or without a unit: <c>16GiB</c>, <c>512MiB</c>, <c>8GB</c>.</summary>
public static class ByteSize
{
    private static readonly (string Name, long Bytes)[] _units =
    [
        ("TiB", 1L << 40), ("TB", 1_000_000_000_000), ("GiB", 1L << 30), ("GB", 1_000_000_000), ("MiB", 1L << 20), ("MB", 1_000_000),
        ("KiB", 1L << 10), ("kB", 1000), ("KB", 1000), ("B", 1), ("", 1),
    ];

    /// <summary>At least one byte.</summary>
    public static Range<long> Range { get; } = new("bytes with or without a unit, as in 16GiB, 512MiB or 8GB", Print, TryRead, bytes => bytes >= 1) { Placeholder = "SIZE" };

    // With the largest binary unit that is exact.
    private static string Print(long bytes)
    {
        var unit = Array.Find(_units, u => u.Name.EndsWith("iB", StringComparison.Ordinal) && bytes != 0 && bytes % u.Bytes == 0);
        return unit.Name is null ? bytes.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{bytes / unit.Bytes}{unit.Name}");
    }

    private static bool TryRead(string text, out long bytes)
    {
        string number = text.TrimEnd([.. "KkMGTiB"]);
        var unit = Array.Find(_units, u => u.Name == text[number.Length..].TrimStart());
        bool read = double.TryParse(number, NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out double value)
            && unit.Name is not null && value * unit.Bytes < long.MaxValue;
        bytes = read ? (long)(value * unit.Bytes) : 0;
        return read;
    }
}
