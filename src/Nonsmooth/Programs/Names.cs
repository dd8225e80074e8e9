namespace Nonsmooth.Programs;

/// <summary>What values and scopes of a program are called: composed when asked for.</summary>
/// <remarks>
/// What is stored is from what a name is made: a text, or a value or scope of the program that this one was derived from. A
/// name that is taken gets a number, in the order in which the values were made, so names do not depend on when they are
/// asked for. Composing may be asked for by several threads; adding is the builder's alone.
/// </remarks>
internal sealed class Names
{
    private const int Input = -1;

    private readonly List<Entry> _entries;
    private readonly List<ScopeEntry> _scopes;
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private readonly List<string> _composed = [];
    private readonly Dictionary<int, string> _scopeNames = [];
    private readonly Lock _lock = new();

    public Names() => (_entries, _scopes) = ([], [default]);

    private Names(List<Entry> entries, List<ScopeEntry> scopes) => (_entries, _scopes) = (entries, scopes);

    public int ScopeCount => _scopes.Count;

    /// <summary>The same so far, not to be added to.</summary>
    public Names Trimmed() => new([.. _entries], [.. _scopes]);

    /// <summary>Names the next value as an input.</summary>
    public void AddInput(string name) => _entries.Add(new(name, 0, Input));

    /// <summary>Names the next values as the results of a node.</summary>
    /// <param name="prefix">The scope whose name stands before the text; 0 for none.</param>
    /// <param name="text">A string, or the names that the number is of.</param>
    /// <param name="number">The number of the value whose node's name it is, among those names.</param>
    /// <param name="results">How many results the node has.</param>
    public void AddNode(int prefix, object text, int number, int results)
    {
        _entries.Add(new(text, number, prefix));
        for (int i = 1; i < results; i++)
        {
            _entries.Add(new(null, i, 0));
        }
    }

    /// <summary>Adds a scope.</summary>
    /// <param name="kind">What it stands for.</param>
    /// <param name="parent">The scope that it is in.</param>
    /// <param name="prefix">The scope whose name stands before its own; 0 for none.</param>
    /// <param name="text">A module's name, else the names of the program that the node is of.</param>
    /// <param name="number">The number of the node's first result.</param>
    /// <param name="suffix">What stands behind its name; only for a node's.</param>
    public int AddScope(ScopeKind kind, int parent, int prefix, object text, int number = 0, string suffix = "")
    {
        _scopes.Add(new(parent, prefix, text, number, kind, false, suffix));
        return _scopes.Count - 1;
    }

    /// <summary>The scope that a scope of another program becomes in this one, its parents as well.</summary>
    /// <param name="transfer">From which program, into which scope.</param>
    /// <param name="scope">The scope there.</param>
    public int Adopt(Transfer transfer, int scope)
    {
        if (scope == 0)
        {
            return transfer.Scope;
        }

        ref int adopted = ref transfer.Scopes[scope];
        if (adopted == 0)
        {
            var entry = transfer.Names._scopes[scope];
            int parent = Adopt(transfer, entry.Parent);
            _scopes.Add(new(parent, transfer.Prefix, transfer.Names, scope, entry.Kind, true, ""));
            adopted = _scopes.Count - 1;
        }

        return adopted;
    }

    /// <summary>The scope whose names a selection goes by in a scope: the one around a derivative, else itself.</summary>
    public int Shared(int scope)
    {
        while (_scopes[scope].Kind == ScopeKind.Derivative)
        {
            scope = _scopes[scope].Parent;
        }

        return scope;
    }

    /// <summary>The name of a value.</summary>
    public string OfValue(int value)
    {
        var entry = _entries[value];
        bool several = entry.Text is null || (value + 1 < _entries.Count && _entries[value + 1].Text is null);
        int part = entry.Text is null ? entry.Number : 0;
        return several ? $"{OfNode(value - part)}#{part}" : OfNode(value);
    }

    /// <summary>The name of the node whose first result a value is, or of an input.</summary>
    public string OfNode(int value)
    {
        lock (_lock)
        {
            for (int i = _composed.Count; i <= value; i++)
            {
                _composed.Add(Compose(_entries[i]));
            }

            return _composed[value];
        }
    }

    /// <summary>The whole name of a scope; empty for the outermost.</summary>
    public string OfScope(int scope)
    {
        lock (_lock)
        {
            return ScopeName(scope);
        }
    }

    /// <summary>The name of the innermost module that is around a scope and around every derivative and writing out in it.</summary>
    public string Module(int scope)
    {
        int module = scope;
        for (int s = scope; s != 0; s = _scopes[s].Parent)
        {
            module = _scopes[s].Kind == ScopeKind.Derivative ? _scopes[s].Parent : module;
        }

        return OfScope(module);
    }

    /// <summary>The names of the nodes whose derivatives or writings out a scope is in, from the innermost.</summary>
    /// <param name="scope">The scope.</param>
    /// <param name="kind">Only of those, if given.</param>
    public IEnumerable<string> Owners(int scope, ScopeKind? kind)
    {
        for (int s = scope; s != 0; s = _scopes[s].Parent)
        {
            if (_scopes[s].Kind != ScopeKind.Module && (kind is null || _scopes[s].Kind == kind))
            {
                yield return Owner(s);
            }
        }
    }

    private string Owner(int scope)
    {
        var entry = _scopes[scope];
        var names = (Names)entry.Text;
        return entry.Adopted ? Qualified(entry.Prefix, names.Owner(entry.Number)) : names.OfNode(entry.Number);
    }

    private string Compose(Entry entry)
    {
        if (entry.Text is null)
        {
            return "";
        }

        string text = entry.Text as string ?? ((Names)entry.Text).OfNode(entry.Number);
        if (entry.Scope == Input)
        {
            Unique(text);
            return text;
        }

        return Unique(entry.Scope == 0 ? text : $"{ScopeName(entry.Scope)}.{text}");
    }

    private string Qualified(int prefix, string text) => prefix == 0 ? text : $"{OfScope(prefix)}.{text}";

    private string ScopeName(int scope)
    {
        if (scope == 0)
        {
            return "";
        }

        if (!_scopeNames.TryGetValue(scope, out string? name))
        {
            var entry = _scopes[scope];
            string text = entry.Text switch
            {
                string given => given,
                Names names when entry.Adopted => names.OfScope(entry.Number),
                _ => ((Names)entry.Text).OfNode(entry.Number) + entry.Suffix,
            };
            name = entry.Prefix == 0 ? text : $"{ScopeName(entry.Prefix)}.{text}";
            _scopeNames.Add(scope, name);
        }

        return name;
    }

    private string Unique(string name)
    {
        string candidate = name;
        while (!_taken.TryAdd(candidate, 1))
        {
            candidate = $"{name}_{++_taken[name]}";
        }

        return candidate;
    }

    private readonly record struct Entry(object? Text, int Number, int Scope);

    private readonly record struct ScopeEntry(int Parent, int Prefix, object Text, int Number, ScopeKind Kind, bool Adopted, string Suffix);
}
