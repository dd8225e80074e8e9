using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Nonsmooth.Cli.Documents;

/// <summary>Text in lines of a width.</summary>
internal static partial class Wrapped
{
    private static readonly SearchValues<char> _ends = SearchValues.Create("-/._:,=+×");

    /// <summary>A sentence, broken at spaces; a longer word, as a path, stays whole, so that it can be copied.</summary>
    public static IEnumerable<string> Sentence(string text, int width) => Fill(text.Split(' '), width, " ", "");

    /// <summary>A cell of a table: longer words are broken too, behind a hyphen or the like where there is one. No line is longer.</summary>
    public static IEnumerable<string> Cell(string text, int width) =>
        text.Split('\n').SelectMany(line => Fill(line.Split(' ').SelectMany(word => Parts(word, width)), width, " ", ""));

    /// <summary>A command, broken where a shell goes on with it.</summary>
    public static IEnumerable<string> Command(string text, int width) => text.Split('\n').SelectMany(line =>
        line.Length <= width ? [line] : Fill(CommandWord().Matches(line).Select(m => m.Value), width - 2, " ", "    ", " \\"));

    /// <summary>The longest piece that <see cref="Cell"/> keeps whole if it can.</summary>
    public static int LongestWord(string text) => text.Split(' ', '\n').Max(word => word.Length);

    /// <summary>The longest piece of a short text between the places where <see cref="Cell"/> may break it.</summary>
    public static int LongestPiece(string text) => text.Split(' ').Max(word =>
    {
        int longest = 0, from = 0;
        for (int at = 0; at < word.Length; at++)
        {
            if (_ends.Contains(word[at]) || at == word.Length - 1)
            {
                (longest, from) = (Math.Max(longest, at + 1 - from), at + 1);
            }
        }

        return longest;
    });

    private static IEnumerable<string> Fill(IEnumerable<string> words, int width, string between, string indent, string end = "")
    {
        var line = new StringBuilder();
        foreach (string word in words)
        {
            if (line.Length > 0 && line.Length + between.Length + word.Length > width)
            {
                yield return line + end;
                line.Clear().Append(indent);
            }
            else if (line.Length > 0)
            {
                line.Append(between);
            }

            line.Append(word);
        }

        yield return line.ToString();
    }

    private static IEnumerable<string> Parts(string word, int width)
    {
        while (word.Length > width)
        {
            int at = 1 + word.AsSpan(0, width).LastIndexOfAny(_ends);
            at = at > width / 3 ? at : width;
            yield return word[..at];
            word = word[at..];
        }

        yield return word;
    }

    // Inside quotes a line's end would be part of the text.
    [GeneratedRegex("""(?:"[^"]*"|'[^']*'|[^\s"'])+""")]
    private static partial Regex CommandWord();
}
