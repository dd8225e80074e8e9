namespace Nonsmooth.Cli.Completion;

/// <summary>
/// What a verb's options and arguments are called and take, read from a table in the assembly. Making a verb takes longer than a person
/// waits for a key; a test holds the table to the verbs and writes it anew.
/// </summary>
internal sealed class CompletionWords
{
    private readonly List<(string[] Names, int Takes, string[] Values)> _rows = [];

    private CompletionWords()
    {
    }

    /// <summary>The words of a verb; null where it has none.</summary>
    public static CompletionWords? TryFind(string verb)
    {
        using var stream = typeof(CompletionWords).Assembly.GetManifestResourceStream("completion/words")
            ?? throw new NonsmoothException("the tool lacks its table of completions: install it again");
        using var reader = new StreamReader(stream);
        var words = new CompletionWords();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith(verb, StringComparison.Ordinal) && line.Split('|') is [var name, var names, var takes, var values] && name == verb)
            {
                words._rows.Add((names.Split(',', StringSplitOptions.RemoveEmptyEntries), takes[0] - '0', values.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
            }
        }

        return words._rows.Count > 0 ? words : null;
    }

    /// <summary>A line of the table.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="names">What an option is called; none of an argument.</param>
    /// <param name="takes">How many values it takes, 0 to 9.</param>
    /// <param name="values">The values that are known.</param>
    public static string Line(string verb, IEnumerable<string> names, int takes, IEnumerable<string> values) =>
        $"{verb}|{string.Join(',', names)}|{takes}|{string.Join(' ', values)}";

    /// <summary>What may stand behind some words of the verb's line, the last of them being typed or empty.</summary>
    public IEnumerable<string> After(IReadOnlyList<string> words)
    {
        (string[] Names, int Takes, string[] Values) option = default;
        int left = 0, arguments = 0;
        for (int i = 0; i < words.Count - 1; i++)
        {
            if (_rows.Find(row => row.Names.Contains(words[i])) is { Names: not null } found)
            {
                (option, left) = (found, found.Takes);
            }
            else if (left > 0)
            {
                left--;
            }
            else
            {
                arguments++;
            }
        }

        if (left > 0)
        {
            return option.Values ?? [];
        }

        var argument = words[^1].StartsWith('-') ? default : _rows.Where(row => row.Names.Length == 0).ElementAtOrDefault(arguments);
        return [.. argument.Values ?? [], .. _rows.SelectMany(row => row.Names)];
    }
}
