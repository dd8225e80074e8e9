using System.IO.Compression;
using System.Text.Json;

namespace Nonsmooth.Engines.Recordings;

/// <summary>A folder of recordings: <c>spellings.jsonl.gz</c> and a file for each engine.</summary>
/// <param name="path">The folder.</param>
/// <remarks>Files are streamed, one line a spelling (and format, and point); see docs/engines.md for the format.</remarks>
public sealed class RecordingFolder(string path)
{
    private const string _list = "spellings";

    /// <summary>The names of the engines' recordings, in order.</summary>
    public IReadOnlyList<string> Names =>
    [
        .. Directory.GetFiles(path, "*" + RecordingFile.Ending)
            .Select(f => Path.GetFileName(f)[..^RecordingFile.Ending.Length])
            .Where(n => n != _list)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The list of spellings that the engines were asked.</summary>
    /// <exception cref="NonsmoothException">There is no list, or a line of it cannot be read.</exception>
    public IReadOnlyList<RecordedSpelling> Spellings() => [.. Lines(_list).Select(l => Read(_list, l, RecordedLine.Spelling))];

    /// <summary>What a recording says itself that it was asked, after its head; nothing where it does not.</summary>
    /// <exception cref="NonsmoothException">There is no such recording, or a line of it cannot be read.</exception>
    internal IReadOnlyList<RecordedSpelling> Asked(string name) =>
        [.. Lines(name).Skip(1).TakeWhile(l => IsAsked(l.Text)).Select(l => Read(name, l, root => RecordedLine.Spelling(root.GetProperty("asked"))))];

    /// <summary>One engine's answers.</summary>
    /// <exception cref="NonsmoothException">There is no such recording, or a line of it cannot be read.</exception>
    public Recording Open(string name)
    {
        using var lines = Lines(name).GetEnumerator();
        if (!lines.MoveNext())
        {
            throw new NonsmoothException($"recording {name} is empty");
        }

        var head = Read(name, lines.Current, root => RecordedLine.Head(name, root));
        var answers = new List<Answer>();
        while (lines.MoveNext())
        {
            if (!IsAsked(lines.Current.Text))
            {
                answers.Add(Read(name, lines.Current, RecordedLine.Answer));
            }
        }

        return head with { Answers = answers };
    }

    private static bool IsAsked(string line) => line.StartsWith("{\"asked\":", StringComparison.Ordinal);

    private static T Read<T>(string name, (int Number, string Text) line, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(line.Text);
            return read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new NonsmoothException($"recording {name}, line {line.Number}: {e.Message}", e);
        }
    }

    private IEnumerable<(int Number, string Text)> Lines(string name)
    {
        string file = Path.Combine(path, name + RecordingFile.Ending);
        if (!File.Exists(file))
        {
            throw new NonsmoothException($"there is no recording {file}: the folder has {string.Join(", ", Names)}");
        }

        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        for (int number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length > 0)
            {
                yield return (number, line);
            }
        }
    }
}
