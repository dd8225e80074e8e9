namespace Nonsmooth.Sources.Tests;

/// <summary>Which namespaces use which, by what their files import, by types of the namespaces around them that they name, and by names that say their namespace.</summary>
internal sealed class NamespaceGraph
{
    private readonly Dictionary<(string From, string To), List<string>> _uses = [];

    public NamespaceGraph(IEnumerable<SourceFile> files, IReadOnlyList<(string File, string Namespace, string Reason)> except)
    {
        var all = files.ToList();
        var types = all.GroupBy(f => f.Namespace).ToDictionary(g => g.Key, g => g.SelectMany(f => f.Types).ToHashSet(StringComparer.Ordinal));
        foreach (var file in all)
        {
            var near = file.Usings.SelectMany(Outward).Concat(Outward(file.Namespace))
                .Where(n => types.ContainsKey(n) && (file.Usings.Contains(n) || types[n].Overlaps(file.Words)));
            foreach (string used in near.Concat(Qualified(file, types)).Distinct().Where(n => n != file.Namespace))
            {
                if (!except.Any(e => e.File == file.Path && e.Namespace == used))
                {
                    Edges(file.Namespace, used).Add(file.Path);
                }
            }
        }
    }

    public bool Uses(string file, string used) => _uses.Any(u => u.Key.To == used && u.Value.Contains(file));

    /// <summary>Groups of namespaces of which each uses each other, directly or not.</summary>
    public IEnumerable<HashSet<string>> Cycles()
    {
        var names = _uses.Keys.SelectMany(k => new[] { k.From, k.To }).Distinct().ToList();
        var reach = names.ToDictionary(n => n, Reached);
        return names.Select(n => names.Where(m => reach[n].Contains(m) && reach[m].Contains(n)).ToHashSet())
            .Where(group => group.Count > 1).DistinctBy(group => string.Join(' ', group.Order(StringComparer.Ordinal)));
    }

    /// <summary>The files that make a cycle.</summary>
    public string Why(IReadOnlySet<string> cycle) => string.Join('\n', _uses.Where(u => cycle.Contains(u.Key.From) && cycle.Contains(u.Key.To))
        .Select(u => $"  {u.Key.From} -> {u.Key.To}: {string.Join(", ", u.Value.Take(4))}{(u.Value.Count > 4 ? ", …" : "")}"));

    private HashSet<string> Reached(string from)
    {
        var seen = new HashSet<string>();
        var open = new Stack<string>([from]);
        while (open.TryPop(out string? at))
        {
            foreach (var (_, to) in _uses.Keys.Where(k => k.From == at).Where(k => seen.Add(k.To)))
            {
                open.Push(to);
            }
        }

        return seen;
    }

    private List<string> Edges(string from, string to)
    {
        if (!_uses.TryGetValue((from, to), out var files))
        {
            _uses[(from, to)] = files = [];
        }

        return files;
    }

    // Namespaces written before a type's name, in full or from one of the file's own on.
    private static IEnumerable<string> Qualified(SourceFile file, Dictionary<string, HashSet<string>> types) =>
        from name in file.Dotted
        from dot in Enumerable.Range(0, name.Length).Where(i => name[i] == '.')
        from space in Outward(file.Namespace).Select(outer => $"{outer}.{name[..dot]}").Append(name[..dot])
        where types.TryGetValue(space, out var own) && own.Contains(name[(dot + 1)..].Split('.')[0])
        select space;

    // A name of an outer namespace needs no import; a static import names a type of one.
    private static IEnumerable<string> Outward(string name)
    {
        for (string? n = name; n is not null; n = n.LastIndexOf('.') is > 0 and var dot ? n[..dot] : null)
        {
            yield return n;
        }
    }
}
