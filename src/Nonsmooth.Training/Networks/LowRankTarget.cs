using System.Globalization;
using System.IO.Enumeration;

namespace Nonsmooth.Training.Networks;

/// <summary>Linear layers that get an adapter, or one of equal parts of their outputs.</summary>
/// <param name="Pattern">The layer's name or its end, with <c>*</c> for any characters.</param>
/// <param name="Part">Which part, from 0.</param>
/// <param name="Parts">How many parts the outputs have; 1 for the whole layer.</param>
internal sealed record LowRankTarget(string Pattern, int Part = 0, int Parts = 1)
{
    public static IReadOnlyList<LowRankTarget> Parse(string text) =>
        [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(One)];

    public bool Matches(string layer) => layer == Pattern || layer.EndsWith("." + Pattern, StringComparison.Ordinal)
        || FileSystemName.MatchesSimpleExpression(Pattern, layer, ignoreCase: false);

    private static LowRankTarget One(string text)
    {
        string[] halves = text.Split(':');
        if (halves is [{ Length: > 0 } whole])
        {
            return new LowRankTarget(whole);
        }

        return halves is [{ Length: > 0 } pattern, string part] && part.Split('/') is [string number, string count]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int k)
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && k < n
            ? new LowRankTarget(pattern, k, n)
            : throw new NonsmoothException($"lora-on has '{text}': give a layer, or LAYER:k/n for the k-th, from 0, of n equal parts of its outputs");
    }
}
