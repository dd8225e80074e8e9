using System.Globalization;
using System.Text.RegularExpressions;
using Nonsmooth.Optimizers;

namespace Nonsmooth.Training.Comparisons;

/// <summary>Contenders as they are typed: <c>NAME[:key=value[+key=value…]]</c>, such as <c>innaprop:alpha=2+beta=2</c>.</summary>
public static partial class ContenderText
{
    private static readonly string[] _derived = ["alpha", "beta", "alpha-schedule", "beta-schedule"];

    /// <summary>The names there are: every optimizer, and INNAprop by AdamW's numbers.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. OptimizerRegistry.All.Select(entry => entry.Name), FromAdamWContender.Name];

    /// <summary>Who competes where nobody is named.</summary>
    public static IReadOnlyList<string> Usual { get; } = [InnapropOptions.Entry.Name, DinAdamWOptions.Entry.Name, AdamWOptions.Entry.Name];

    /// <summary>Reads one; its label is the text, with blanks between its parts.</summary>
    /// <exception cref="NonsmoothException">There is no such optimizer or setting, or a value cannot be read or used.</exception>
    public static Contender Parse(string text)
    {
        string[] parts = text.Split(':', 2);
        string name = parts[0].Trim().ToLowerInvariant();
        string[] words = parts.Length == 1 ? [] : Plus().Split(parts[1]);
        string label = string.Join(' ', [name, .. words]);
        var settings = words.Select(word => Pair(text, word)).ToList();
        return name == FromAdamWContender.Name ? FromAdamW(label, settings) : new SettledContender(label, Find(name), settings);
    }

    private static OptimizerEntry Find(string name) => OptimizerRegistry.All.FirstOrDefault(entry => entry.Name == name)
        ?? throw new NonsmoothException($"no optimizer '{name}': {Nearest.Mend(name, Names)}");

    private static KeyValuePair<string, string> Pair(string text, string word)
    {
        int equals = word.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? KeyValuePair.Create(word[..equals].Trim().ToLowerInvariant(), word[(equals + 1)..].Trim())
            : throw new NonsmoothException($"optimizer '{text}' has the setting '{word}': give key=value, joined by + where there are several");
    }

    private static FromAdamWContender FromAdamW(string label, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        double beta1 = 0.9;
        bool nesterov = false;
        var rest = new List<KeyValuePair<string, string>>();
        foreach (var (key, value) in settings)
        {
            switch (key)
            {
                case "beta1":
                    beta1 = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double b) ? b : throw Unread(key, value, "a number");
                    break;
                case "nesterov":
                    nesterov = bool.TryParse(value, out bool n) ? n : throw Unread(key, value, "true or false");
                    break;
                case var derived when _derived.Contains(derived):
                    throw new NonsmoothException($"{key} of '{FromAdamWContender.Name}' follows from the rate and beta1: leave it out, or give {InnapropOptions.Entry.Name}");
                default:
                    rest.Add(new(key, value));
                    break;
            }
        }

        return new FromAdamWContender(label, beta1, nesterov, (InnapropOptions)InnapropOptions.Entry.Configure(rest));
    }

    private static NonsmoothException Unread(string key, string value, string expected) =>
        new($"setting '{key}' of optimizer '{FromAdamWContender.Name}' is '{value}': give {expected}");

    // Not the sign of an exponent, as in 1e+3.
    [GeneratedRegex(@"\+(?=[A-Za-z][A-Za-z0-9-]*=)")]
    private static partial Regex Plus();
}
