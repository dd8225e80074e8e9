using System.Collections.Concurrent;

namespace Nonsmooth.Selections;

/// <summary>One kind of kink at which a selection decides: its name, its default, what else might be chosen there.</summary>
/// <remarks>
/// A function declares the keys that its derivative reads. Presets, audits, answers, the list of kinks and the documents
/// are made from what the functions of a program declare, so a key of one's own needs no other place. To declare one:
/// a static property of type <see cref="SelectionKey{TRule}"/> beside the function.
/// </remarks>
public abstract class SelectionKey
{
    private static readonly ConcurrentDictionary<string, SelectionKey> _known = new(StringComparer.Ordinal);

    private protected SelectionKey(string name)
    {
        if (string.IsNullOrEmpty(name) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.'))
        {
            throw new NonsmoothException($"selection key '{name}': a name is made of letters, digits, '-' and '.', as in 'relu-at-zero'");
        }

        Name = name;
        if (!_known.TryAdd(name, this))
        {
            throw new NonsmoothException($"selection key '{name}' is declared twice: give each key a name of its own, and make it once, as a static property");
        }
    }

    /// <summary>All keys that were made so far in this process, by name: the standard ones and those of functions that were used.</summary>
    public static IReadOnlyList<SelectionKey> Known
    {
        get
        {
            SelectionKeys.Touch();
            return [.. _known.Values.OrderBy(k => k.Name, StringComparer.Ordinal)];
        }
    }

    /// <summary>The name: <c>relu-at-zero</c>. Unique in the process.</summary>
    public string Name { get; }

    /// <summary>What is chosen, as the object of "depends on": <c>the slope of ReLU at 0</c>. Default the name.</summary>
    public string Topic
    {
        get => field ?? Name;
        init;
    }

    /// <summary>The default choice and the first other in words, for readers: <c>0 or 1</c>. Default both rules' names.</summary>
    public string Sides
    {
        get => field ?? string.Join(" or ", [DefaultRule.ToString(), .. OtherRules.Take(1).Select(r => r.ToString())]);
        init;
    }

    /// <summary>The rule that holds without another.</summary>
    public abstract object DefaultRule { get; }

    /// <summary>What an audit tries instead; empty where nobody says what else there is.</summary>
    public abstract IReadOnlyList<object> OtherRules { get; }

    /// <summary>The key of a name among those <see cref="Known"/>.</summary>
    /// <exception cref="NonsmoothException">There is none; the message lists near names.</exception>
    public static SelectionKey Find(string name)
    {
        SelectionKeys.Touch();
        return _known.GetValueOrDefault(name)
            ?? throw new NonsmoothException($"there is no selection key '{name}'{Nearest.Question(name, _known.Keys)}");
    }

    /// <summary>What a selection takes under the key.</summary>
    public abstract object RuleOf(Selection selection);

    /// <summary>A selection with another rule under the key.</summary>
    /// <exception cref="NonsmoothException">The rule is of another type.</exception>
    public abstract Selection Set(Selection selection, object rule);

    /// <summary>Whether a derivative that reads the key is conservative under a selection, and why; null where the kind of rule tells nothing.</summary>
    public abstract RuleGrounds? Grounds(Selection selection);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    internal abstract object Principled(Principle principle);
}
