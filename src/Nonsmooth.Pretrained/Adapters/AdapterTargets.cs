using System.Globalization;
using System.Text.RegularExpressions;
using Nonsmooth.Pretrained.HuggingFace;

namespace Nonsmooth.Pretrained.Adapters;

/// <summary>Which modules an adapter is on, by PEFT's rules: names match whole or as an end, a text is a regular expression of the whole name.</summary>
/// <param name="Pattern">A regular expression, or <c>all-linear</c>; null where there are names.</param>
/// <param name="Modules">Names.</param>
/// <param name="ExcludedPattern">A regular expression of what is left out; null for none.</param>
/// <param name="Excluded">Names of what is left out.</param>
/// <param name="Saved">Modules that are held whole, which are not adapted.</param>
/// <param name="Layers">The layers that names are looked for in; null for all.</param>
/// <param name="LayerNames">What stands before a layer's number; empty for anything.</param>
internal sealed record AdapterTargets(
    string? Pattern, IReadOnlyList<string> Modules, string? ExcludedPattern, IReadOnlyList<string> Excluded, IReadOnlyList<string> Saved, IReadOnlyList<int>? Layers, IReadOnlyList<string> LayerNames)
{
    /// <summary>The text that stands for every linear layer but the head.</summary>
    public const string AllLinear = "all-linear";

    // A pattern comes from a file, and may be made to take for ever.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    /// <summary>Whether there is anything to look for.</summary>
    public bool IsEmpty => Pattern is null && Modules.Count == 0;

    /// <summary>Whether a module is adapted.</summary>
    /// <param name="module">Its name in the network.</param>
    /// <param name="isLinear">Whether it is a linear layer other than the head.</param>
    public bool Has(string module, bool isLinear)
    {
        if ((ExcludedPattern is not null && Matches(ExcludedPattern, module)) || IsNamed(Excluded, module) || IsWithin(Saved, module))
        {
            return false;
        }

        return Pattern is not null ? Pattern == AllLinear ? isLinear : Matches(Pattern, module)
            : Modules.Contains(module) || (IsNamed(Modules, module) && IsInLayer(module));
    }

    /// <summary>Whether a module is one of some, or a part of one.</summary>
    public static bool IsWithin(IReadOnlyList<string> modules, string module) =>
        modules.Any(m => $".{module}.".Contains($".{m}.", StringComparison.Ordinal));

    /// <summary>What the first pattern says that a module's name or its end matches.</summary>
    public static (bool Found, T? Value) Find<T>(IReadOnlyDictionary<string, T> patterns, string module)
    {
        foreach (var (pattern, value) in patterns)
        {
            if (Matches($@"(.*\.)?({pattern})", module))
            {
                return (true, value);
            }
        }

        return (false, default);
    }

    private static bool IsNamed(IReadOnlyList<string> names, string module) => names.Any(n => module == n || module.EndsWith("." + n, StringComparison.Ordinal));

    private bool IsInLayer(string module)
    {
        if (Layers is null)
        {
            return true;
        }

        string[] before = LayerNames.Count == 0 ? [@"[^.]*"] : [.. LayerNames];
        var found = before.Select(b => Made($@"^.*\.{b}\.(\d+)\.", module)).FirstOrDefault(m => m.Success);
        return found is not null && int.TryParse(found.Groups[^1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int layer) && Layers.Contains(layer);
    }

    private static bool Matches(string pattern, string module) => Made($@"^(?:{pattern})\z", module).Success;

    private static Match Made(string pattern, string module)
    {
        try
        {
            return Regex.Match(module, pattern, RegexOptions.CultureInvariant, _patience);
        }
        catch (Exception e) when (e is ArgumentException or RegexMatchTimeoutException)
        {
            throw new FolderException($"the adapter's {Adapter.ConfigFile} has a pattern of modules that {(e is ArgumentException ? "is no regular expression" : "takes too long to match")}: {pattern.ReplaceLineEndings(" ")}", e);
        }
    }
}
