using System.Text.RegularExpressions;

namespace Nonsmooth.LibTorch.Native;

/// <summary>Reads libtorch's log: entries, and the reason inside an entry that a failed call printed.</summary>
internal static partial class LogText
{
    private const string ReasonMark = "Exception in aoti_torch: ";
    private const string StackMark = "\nException raised from ";

    /// <summary>Splits the text into entries: each starts with a head such as <c>[E0101 12:00:00.0 file.cpp:1]</c>.</summary>
    public static IEnumerable<string> Entries(string text)
    {
        if (text.Length == 0)
        {
            yield break;
        }

        var start = 0;
        foreach (var match in Head().EnumerateMatches(text).ToArray())
        {
            if (match > start)
            {
                yield return text[start..match];
                start = match;
            }
        }

        yield return text[start..];
    }

    /// <summary>The essential reason on one line, or null where the entry is not a failed call's.</summary>
    public static string? Reason(string entry)
    {
        var mark = entry.IndexOf(ReasonMark, StringComparison.Ordinal);
        return mark < 0 || !entry.StartsWith("[E", StringComparison.Ordinal) ? null : OneLine(entry[(mark + ReasonMark.Length)..]);
    }

    /// <summary>Drops the C++ stack and joins what is left on one line.</summary>
    public static string OneLine(string reason)
    {
        var stack = reason.IndexOf(StackMark, StringComparison.Ordinal);
        var essential = stack < 0 ? reason : reason[..stack];
        return Blank().Replace(essential, " ").Trim();
    }

    /// <summary>Takes one reason, or null; several different ones become one text that every claimant gets.</summary>
    public static string? Claim(List<string> unclaimed)
    {
        if (unclaimed.Count == 0)
        {
            return null;
        }

        var different = unclaimed.Distinct(StringComparer.Ordinal).ToArray();
        if (different.Length > 1)
        {
            var joined = "one of these, as several calls failed at once: " + string.Join(" | ", different);
            for (var i = 0; i < unclaimed.Count; i++)
            {
                unclaimed[i] = joined;
            }
        }

        var reason = unclaimed[^1];
        unclaimed.RemoveAt(unclaimed.Count - 1);
        return reason;
    }

    private static int[] ToArray(this Regex.ValueMatchEnumerator matches)
    {
        var starts = new List<int>();
        foreach (var match in matches)
        {
            starts.Add(match.Index);
        }

        return [.. starts];
    }

    [GeneratedRegex(@"^\[[A-Z]\d{4} ", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Head();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blank();
}
