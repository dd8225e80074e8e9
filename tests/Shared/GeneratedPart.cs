namespace Nonsmooth.Tests.Shared;

/// <summary>A part of a document in <c>docs</c>, between <c>&lt;!-- NAME --&gt;</c> and <c>&lt;!-- end --&gt;</c>, that a test makes; with <c>NONSMOOTH_ACCEPT=1</c> it is written anew.</summary>
internal static class GeneratedPart
{
    public static void Check(string file, string name, string part)
    {
        string path = Path.Combine(Docs(), file);
        string text = File.ReadAllText(path);
        string begin = $"<!-- {name} -->\n";
        int start = text.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        int end = text.IndexOf("\n<!-- end -->", start, StringComparison.Ordinal);
        Assert.True(start >= begin.Length && end >= 0, $"{file} has no place for {name}");
        if (Environment.GetEnvironmentVariable("NONSMOOTH_ACCEPT") == "1")
        {
            File.WriteAllText(path, string.Concat(text.AsSpan(0, start), part.TrimEnd('\n'), text.AsSpan(end)));
            return;
        }

        Assert.Equal(part.TrimEnd('\n'), text[start..end]);
    }

    private static string Docs()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "docs", "selections.md")))
            {
                return Path.Combine(folder.FullName, "docs");
            }
        }

        throw new DirectoryNotFoundException($"no folder docs above {AppContext.BaseDirectory}");
    }
}
