using System.Globalization;

namespace Nonsmooth.Training.Networks;

/// <summary>What a user says of a model file's inputs: <c>x=1x3x224x224</c> is an input's shape, <c>n=3</c> the size of an axis or a whole number.</summary>
public static class FileSizes
{
    /// <summary>One of them.</summary>
    /// <returns>The name and its sizes; null for a text of another form.</returns>
    public static (string Name, IReadOnlyList<int> Sizes)? Read(string text)
    {
        int at = text.LastIndexOf('=');
        int[] sizes = Numbers(text[(at + 1)..]);
        return at > 0 && !sizes.Contains(int.MinValue) && (sizes.Length == 1 || sizes.All(s => s >= 0)) ? (text[..at].Trim(), sizes) : null;
    }

    /// <summary>Several, separated by commas.</summary>
    /// <exception cref="NonsmoothException">One is of another form.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<int>> ReadAll(string texts)
    {
        var all = new Dictionary<string, IReadOnlyList<int>>(StringComparer.Ordinal);
        foreach (string text in texts.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, sizes) = Read(text) ?? throw new NonsmoothException($"input is '{text}': give a name and sizes, as x=1x3x224x224 or n=3, several separated by commas");
            all[name] = sizes;
        }

        return all;
    }

    /// <summary>Sizes between crosses; <see cref="int.MinValue"/> for what is no number.</summary>
    public static int[] Numbers(string sizes) =>
        [.. sizes.Split('x', 'X', '×').Select(s => int.TryParse(s, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int v) ? v : int.MinValue)];
}
