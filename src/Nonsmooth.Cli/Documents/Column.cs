using Nonsmooth.Cli.Output;

namespace Nonsmooth.Cli.Documents;

/// <summary>A column of a table: its heading, and how its numbers are shown.</summary>
/// <param name="Heading">The heading.</param>
/// <param name="IsNumber">Whether it is set right and kept whole.</param>
/// <param name="Show">A number as a terminal shows it.</param>
/// <param name="Exact">A number where there is room for all its digits.</param>
/// <param name="IsCode">Whether its texts are names out of a program.</param>
internal sealed record Column(string Heading, bool IsNumber, Func<double, string> Show, Func<double, string> Exact, bool IsCode = false)
{
    /// <summary>What stands for a number that there is not.</summary>
    public string Missing { get; init; } = "–";

    /// <summary>Where a page is too narrow for all columns, those of the lowest are left out first, of equal ones the last. The first column never is. Default 0.</summary>
    public int Priority { get; init; }

    /// <summary>Words.</summary>
    public static Column Text(string heading) => new(heading, false, Raw, Raw) { Missing = "" };

    /// <summary>Names out of a program.</summary>
    public static Column Code(string heading) => Text(heading) with { IsCode = true };

    /// <summary>Words that are set right, as a number with something beside it.</summary>
    public static Column Right(string heading) => Text(heading) with { IsNumber = true };

    /// <summary>Whole numbers.</summary>
    public static Column Count(string heading) => Number(heading, Numbers.Whole);

    /// <summary>Large numbers: three digits and a prefix in a terminal, all digits elsewhere.</summary>
    public static Column Scaled(string heading) => Number(heading, Numbers.Scaled) with { Exact = Numbers.Whole };

    /// <summary>With so many decimals at most.</summary>
    public static Column Short(string heading, int decimals = 4) => Number(heading, x => Numbers.Short(x, decimals));

    /// <summary>With so many significant digits.</summary>
    public static Column Digits(string heading, int digits = 3) => Number(heading, x => Numbers.Digits(x, digits));

    /// <summary>A fraction, as a percentage.</summary>
    public static Column Percent(string heading, int decimals = 1) => Number(heading, x => Numbers.Percent(x, decimals));

    /// <summary>Bytes.</summary>
    public static Column Bytes(string heading) => Number(heading, Numbers.Bytes) with { Exact = x => Numbers.Whole(x) + " B" };

    /// <summary>Seconds, in the unit that suits them.</summary>
    public static Column Time(string heading) => Number(heading, Numbers.Seconds);

    /// <summary>Magnitudes over many decades.</summary>
    public static Column Magnitude(string heading) => Number(heading, Numbers.Magnitude);

    /// <summary>Numbers shown by a function.</summary>
    public static Column Number(string heading, Func<double, string> show) => new(heading, true, show, show);

    /// <summary>A value as it is shown: a number, the two ends of an interval, a text, or null.</summary>
    public string Cell(object? value, bool exact = false) => value switch
    {
        null => Missing,
        string text => text,
        double[] ends => $"{Cell(ends[0], exact)} to {Cell(ends[1], exact)}",
        _ => (exact ? Exact : Show)(Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture)),
    };

    private static string Raw(double number) => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
