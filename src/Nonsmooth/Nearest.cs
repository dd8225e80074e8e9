namespace Nonsmooth;

/// <summary>What a mistyped name was probably meant to be.</summary>
public static class Nearest
{
    /// <summary>The closest of some names, or null when none is close.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="names">What could have been meant.</param>
    public static string? To(string typed, IEnumerable<string> names) => names
        .Where(name => Math.Abs(name.Length - typed.Length) <= Most(typed))
        .Select(name => (Name: name, Distance: Distance(typed.ToLowerInvariant(), name.ToLowerInvariant())))
        .Where(n => n.Distance <= Most(typed))
        .OrderBy(n => n.Distance)
        .Select(n => n.Name)
        .FirstOrDefault();

    /// <summary>A clause that asks whether the closest name was meant; empty when none is close.</summary>
    public static string Question(string typed, IEnumerable<string> names) =>
        To(typed, names) is { } name ? $"; did you mean {name}?" : "";

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
