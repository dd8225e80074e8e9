using System.Globalization;

namespace Nonsmooth.Pretrained.Aten;

/// <summary>A parameter of an ATen operator, as its schema has it.</summary>
/// <param name="Name">The name.</param>
/// <param name="IsRequired">Whether a call must give it.</param>
/// <param name="Default">What holds where a call leaves it out: null, a long, a double, a bool, a string or an empty list.</param>
/// <param name="ByKeyword">Whether it is given by its name only.</param>
/// <param name="TakesRest">Whether it takes all further arguments as a list, as the sizes of <c>view(x, 2, 3)</c>.</param>
public sealed record AtenParameter(string Name, bool IsRequired, object? Default, bool ByKeyword, bool TakesRest)
{
    /// <summary>Reads a list as Python writes it: <c>self, dim=None, keepdim=False, *, dtype=None</c>; <c>size...</c> takes the rest, <c>(-2 -1)</c> is a list.</summary>
    internal static IReadOnlyList<AtenParameter> Read(string list)
    {
        var parameters = new List<AtenParameter>();
        bool byKeyword = false;
        foreach (string part in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "*")
            {
                byKeyword = true;
                continue;
            }

            string[] sides = part.Split('=', 2);
            bool rest = sides[0].EndsWith("...", StringComparison.Ordinal);
            parameters.Add(new(rest ? sides[0][..^3] : sides[0], sides.Length == 1, sides.Length == 1 ? null : Value(sides[1]), byKeyword, rest));
        }

        return parameters;
    }

    private static object? Value(string text) => text switch
    {
        "None" => null,
        "True" => true,
        "False" => false,
        "[]" => Array.Empty<object?>(),
        _ when text[0] == '(' => text[1..^1].Split(' ').Select(n => (object?)long.Parse(n, CultureInfo.InvariantCulture)).ToArray(),
        _ when text[0] == '\'' => text[1..^1],
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) => whole,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}
