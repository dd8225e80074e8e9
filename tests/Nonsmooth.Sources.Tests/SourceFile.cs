using System.Text.RegularExpressions;

namespace Nonsmooth.Sources.Tests;

/// <summary>A file of C#, read as text: its namespace, the types it declares, the words of its code.</summary>
internal sealed partial record SourceFile(string Path, string Namespace, IReadOnlySet<string> Usings, IReadOnlySet<string> Types, IReadOnlySet<string> Words)
{
    /// <summary>Names with dots, whose beginning may be a namespace that is not imported.</summary>
    public IReadOnlySet<string> Dotted { get; init; } = new HashSet<string>();

    /// <summary>Reads a file; null where it declares no namespace.</summary>
    public static SourceFile? Read(string path)
    {
        string code = Comment().Replace(File.ReadAllText(path), "");
        var name = NamespaceLine().Match(code);
        string body = UsingLine().Replace(code, "");
        return !name.Success ? null : new SourceFile(
            Repository.Relative(path),
            name.Groups[1].Value,
            UsingLine().Matches(code).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal),
            Declaration().Matches(code).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal),
            Word().Matches(body).Select(m => m.Value).ToHashSet(StringComparer.Ordinal))
        {
            Dotted = DottedName().Matches(body).Select(m => m.Value).ToHashSet(StringComparer.Ordinal),
        };
    }

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^using (?:static )?([\w.]+);[^\n]*", RegexOptions.Multiline)]
    private static partial Regex UsingLine();

    // Types of a namespace stand at the left margin; nested ones do not.
    [GeneratedRegex(@"^(?:(?:public|internal|sealed|static|abstract|readonly|ref|partial|unsafe|file) )*(?:class|struct|interface|enum|record struct|record class|record|delegate \S+) ([A-Za-z_]\w*)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"(?<![\w.])(?:[A-Z]\w*\.)+[A-Z]\w*")]
    private static partial Regex DottedName();

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Word();
}
