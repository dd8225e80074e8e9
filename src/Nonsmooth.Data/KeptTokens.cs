namespace Nonsmooth.Data;

/// <summary>Texts that are encoded once and kept as token files, beside the text or in the user's cache.</summary>
internal static class KeptTokens
{
    /// <summary>The kept tokens of a text, or, where there are none or the text has changed, new ones, which are kept.</summary>
    /// <param name="folder">Where the text lies.</param>
    /// <param name="name">The file's name without <c>.tokens</c>, and the folder in the cache.</param>
    /// <param name="source">What the tokens come from, in words that change when that does.</param>
    /// <param name="locations">Where files may be kept.</param>
    /// <param name="encode">Makes the tokens.</param>
    /// <exception cref="NonsmoothException">A kept file is cut short or damaged, or the text cannot be encoded.</exception>
    public static TokenFile Of(string folder, string name, string source, DataLocations locations, Func<TokenFile> encode)
    {
        string[] paths = [.. CacheFolders.For(folder, name, locations).Select(place => Path.Combine(place, name + ".tokens"))];
        foreach (string path in paths.Where(File.Exists))
        {
            var kept = TokenFile.Open(path);
            if (kept.Source == source)
            {
                return kept;
            }
        }

        var made = encode();
        foreach (string path in paths)
        {
            try
            {
                made.Write(path);
                return TokenFile.Open(path);
            }
            catch (NonsmoothException)
            {
                // A disk that is full or read-only costs the time to encode again, not the run: the next place is tried.
            }
        }

        return made;
    }
}
