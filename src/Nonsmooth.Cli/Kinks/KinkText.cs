using Nonsmooth.Cli.Output;
using Nonsmooth.Reliability.Profiles;

namespace Nonsmooth.Cli.Kinks;

/// <summary>Points and gradients as the catalogue's tables show them.</summary>
internal static class KinkText
{
    private const double _large = 1e5;

    /// <summary>What the marks mean.</summary>
    public const string Legend =
        "Unmarked: the gradient or a Clarke subgradient of the function. *: outside Clarke's subdifferential, in the affine span of the gradients around. "
        + "!: outside that span, or not the derivative that exists. °: an element that a conservative field of the program takes there. "
        + "^: the slopes nearby are unbounded. |: the function jumps. ?: recalled, not read. –: unknown, or no such function.";

    /// <summary>What the last column means.</summary>
    public const string OwnRule =
        "Own rule: whether libtorch follows the rule it documents (the gradient, else the least subgradient of what is convex or concave).";

    /// <summary>A vector; a number where there is one coordinate.</summary>
    public static string Vector(IReadOnlyList<double> vector) =>
        vector.Count == 1 ? Number(vector[0]) : $"({string.Join(", ", vector.Select(Number))})";

    /// <summary>A point: the sign of a zero is part of it.</summary>
    public static string Point(IReadOnlyList<double> point) =>
        point is [0.0] && double.IsNegative(point[0]) ? "−0" : Vector(point);

    /// <summary>A gradient with its marks.</summary>
    public static string Of(KinkValue value) => value switch
    {
        { Source: KinkSource.Refused } => "refused",
        { Gradient: null } => "–",
        _ => $"{Vector(value.Gradient)}{Mark(value.Label)}{(value.IsAdmissible == true ? "°" : "")}{(value.Evidence == Evidence.Recalled ? " ?" : "")}",
    };

    /// <summary>Whether the own rule is obeyed.</summary>
    public static string Rule(bool? obeys) => obeys switch
    {
        true => "yes",
        false => "no",
        null => "",
    };

    private static string Number(double x) => x switch
    {
        double.PositiveInfinity => "∞",
        double.NegativeInfinity => "−∞",
        double.NaN => "NaN",
        _ when Math.Abs(x) >= _large => Numbers.Digits(x).Replace('-', '−').Replace("+", "", StringComparison.Ordinal),
        _ => Numbers.Short(x),
    };

    private static string Mark(KinkLabel? label) => label switch
    {
        KinkLabel.OutsideHull => " *",
        KinkLabel.OutsideSpan or KinkLabel.NotTheGradient => " !",
        KinkLabel.NotLipschitz => " ^",
        KinkLabel.Jump => " |",
        _ => "",
    };
}
