using System.Globalization;

namespace Nonsmooth.Conservativity;

/// <summary>A witness that a rule is not conservative: anyone can evaluate it again.</summary>
/// <param name="Kind">What fails.</param>
/// <param name="Where">The stratum or loop, in words.</param>
/// <param name="Point">The point; of a path or a jump, where it begins.</param>
/// <param name="Direction">The tangent along which slopes are compared; of a path or a jump, from its begin to its end.</param>
/// <param name="Rule">What the rule says: a slope, an integral, or the value before a jump.</param>
/// <param name="Function">What the function does: its slope, its increment, or the value behind a jump.</param>
public sealed record RuleDefect(
    DefectKind Kind, string Where, IReadOnlyList<double> Point, IReadOnlyList<double> Direction, double Rule, double Function)
{
    /// <summary>The witness in words.</summary>
    public override string ToString() => Kind switch
    {
        DefectKind.Stratum => $"at {Text(Point)} on {Where}, along {Text(Direction)}, the rule's slope is {Text(Rule)} and the function's {Text(Function)}",
        DefectKind.Path => $"along {Where}, from {Text(Point)} by {Text(Direction)}, the rule's integral is {Text(Rule)} and the function's increment {Text(Function)}",
        DefectKind.NotFinite => $"at {Text(Point)} on {Where} the rule is not finite",
        _ => $"from {Text(Point)} by {Text(Direction)} the value jumps from {Text(Rule)} to {Text(Function)}",
    };

    private static string Text(double x) => x.ToString("G6", CultureInfo.InvariantCulture);

    private static string Text(IReadOnlyList<double> v) =>
        $"({string.Join(", ", v.Take(4).Select(Text))}{(v.Count > 4 ? ", …" : "")})";
}
