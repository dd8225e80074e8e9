using System.Globalization;

namespace Nonsmooth.Training.Networks;

/// <summary>Networks that are named by sizes: a prefix, then numbers from 1 separated by '-', as in <c>mlp:784-10</c>.</summary>
internal static class Sizes
{
    /// <summary>Whether a name has the prefix, or is the prefix without its colon.</summary>
    public static Func<string, bool> Named(string prefix) =>
        name => name == prefix.TrimEnd(':') || name.StartsWith(prefix, StringComparison.Ordinal);

    /// <summary>The sizes in a name, or null where they are malformed.</summary>
    public static int[]? Parse(string name, string prefix)
    {
        string[] parts = name.Length > prefix.Length ? name[prefix.Length..].Split('-') : [];
        var sizes = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out sizes[i]) || sizes[i] == 0)
            {
                return null;
            }
        }

        return sizes;
    }
}
