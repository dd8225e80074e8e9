using System.Globalization;
using Nonsmooth.Cli.Completion;
using Nonsmooth.Cli.Verbs;

namespace Nonsmooth.Cli.Shell;

/// <summary>
/// The directive <c>[suggest:POSITION] LINE</c>, as System.CommandLine has it: what could stand at a position of a line, one a line.
/// A shell asks at every key, so no verb is made for the answer.
/// </summary>
internal static class Suggestions
{
    /// <summary>The position and the line that are asked about; null of another command line.</summary>
    public static (int Position, string Line)? Asked(IReadOnlyList<string> arguments)
    {
        if (arguments.Count == 0 || !arguments[0].StartsWith("[suggest", StringComparison.Ordinal) || !arguments[0].EndsWith(']'))
        {
            return null;
        }

        string line = arguments.Count > 1 ? arguments[1] : "";
        string[] parts = arguments[0][1..^1].Split(':');
        bool isGiven = parts.Length > 1 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int position) && position < line.Length;
        return (isGiven ? int.Parse(parts[1], CultureInfo.InvariantCulture) : line.Length, line);
    }

    /// <summary>What could stand there.</summary>
    public static IEnumerable<string> At(int position, string line)
    {
        string typed = line[..position].TrimStart();
        string[] words = typed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        string[] given = words.Length > 0 && Path.GetFileName(words[0]) == Tool.Name ? words[1..] : words;
        given = typed.Length == 0 || char.IsWhiteSpace(typed[^1]) ? [.. given, ""] : given;
        return given switch
        {
            [] or [_] => Begins([.. Verb.Names, "--help", "--version"], given.LastOrDefault() ?? ""),
            _ => Begins(CompletionWords.TryFind(given[0])?.After(given[1..]) ?? [], given[^1]),
        };
    }

    private static IEnumerable<string> Begins(IEnumerable<string> names, string word) => names.Where(name => name.StartsWith(word, StringComparison.OrdinalIgnoreCase)).Distinct();
}
