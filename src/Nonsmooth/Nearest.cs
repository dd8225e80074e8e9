namespace Nonsmooth;

/// <summary>What a mistyped name was probably meant to be.</summary>
public static class Nearest
{
    // A list that is longer is not read: the nearest of it are.
    private const int _longest = 8;
    private const int _most = 3;

    /// <summary>The closest of some names, or null when none is close.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="names">What could have been meant.</param>
    public static string? To(string typed, IEnumerable<string> names) => Close(typed, names).FirstOrDefault();

    /// <summary>A clause that asks whether one of the closest names, three at most, was meant; empty when none is close.</summary>
    public static string Question(string typed, IEnumerable<string> names) => Asked(Close(typed, names)) is { Length: > 0 } asked ? $"; {asked}" : "";

    /// <summary>What to write instead: one of a short list, which is said whole; of a long one the closest, three at most.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="names">What could have been meant.</param>
    /// <returns>For after a colon: "give one of a, b, c", "did you mean a or b?", or where none is close "give one of 40, as a, b, c".</returns>
    public static string Mend(string typed, IEnumerable<string> names)
    {
        string[] all = [.. names.Distinct()];
        string asked = Asked(Close(typed, all));
        return all.Length <= _longest ? $"give one of {string.Join(", ", all)}{(asked.Length > 0 ? "; " + asked : "")}"
            : asked.Length > 0 ? asked
            : $"give one of {all.Length}, as {string.Join(", ", all.OrderByDescending(Contains).ThenBy(name => Distance(typed.ToLowerInvariant(), name.ToLowerInvariant())).Take(_most))}";

        bool Contains(string name) => typed.Length >= _most && name.Contains(typed, StringComparison.OrdinalIgnoreCase);
    }

    private static string Asked(IEnumerable<string> names) => names.Take(_most).ToArray() switch
    {
        [] => "",
        [var one] => $"did you mean {one}?",
        [.. var first, var last] => $"did you mean {string.Join(", ", first)} or {last}?",
    };

    private static IEnumerable<string> Close(string typed, IEnumerable<string> names) => names
        .Where(name => Math.Abs(name.Length - typed.Length) <= Most(typed))
        .Select(name => (Name: name, Distance: Distance(typed.ToLowerInvariant(), name.ToLowerInvariant())))
        .Where(n => n.Distance <= Most(typed))
        .OrderBy(n => n.Distance)
        .Select(n => n.Name)
        .Distinct();

    private static int Most(string typed) => Math.Max(1, typed.Length / 3);

    // Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours.
    private static int Distance(string a, string b)
    {
        var d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }

                d[i, j] = Math.Min(
                    Math.Min(d[i - 1, j], d[i, j - 1]) + 1,
                    d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }
}
