using Nonsmooth.Arithmetic;

namespace Nonsmooth.Engines.Protocol;

/// <summary>Which numbers a format has.</summary>
internal static class FormatNumbers
{
    /// <summary>The first number that the format has not; null where it has all.</summary>
    public static double? Foreign(string format, IEnumerable<double> numbers) => numbers
        .Where(x => double.IsFinite(x) && !x.Equals(Rounded(format, x)) && x != 0).Select(x => (double?)x).FirstOrDefault();

    private static double Rounded(string format, double x) => format switch
    {
        "f32" => Float32.Round(x),
        "bf16" => BFloat16.Round(x),
        "f16" => Float16.Round(x),
        _ => x,
    };
}
