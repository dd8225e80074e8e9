namespace Nonsmooth.Cli.Completion;

/// <summary>What makes a shell ask the tool for completions: each hands over the line up to the cursor, and completes files where nothing is known. To add one: its file beside this one and a row here.</summary>
internal static class CompletionScript
{
    /// <summary>The shells there are.</summary>
    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish", "pwsh"];

    /// <summary>The script of a shell; null where there is none of the name.</summary>
    public static string? TryFind(string shell)
    {
        if (!Shells.Contains(shell))
        {
            return null;
        }

        using var stream = typeof(CompletionScript).Assembly.GetManifestResourceStream($"completion/{shell}")
            ?? throw new NonsmoothException($"the tool lacks its script for {shell}: install it again");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
