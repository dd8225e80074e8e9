namespace Nonsmooth;

/// <summary>Things by name, to which a user's code adds.</summary>
/// <typeparam name="T">What is registered.</typeparam>
/// <remarks>Thread-safe. Names are compared without regard to case.</remarks>
public sealed class Registry<T>
    where T : class
{
    private readonly string _kind;
    private readonly Func<T, string> _name;
    private readonly Lock _lock = new();
    private T[] _all;

    /// <summary>Begins with what the library has.</summary>
    /// <param name="kind">What one is, as complaints call it: <c>data set</c>.</param>
    /// <param name="name">The name of one.</param>
    /// <param name="all">What there is at first.</param>
    public Registry(string kind, Func<T, string> name, params IEnumerable<T> all) => (_kind, _name, _all) = (kind, name, [.. all]);

    /// <summary>Everything, in the order to show it: the library's, then what was registered.</summary>
    public IReadOnlyList<T> All => _all;

    /// <summary>The names.</summary>
    public IEnumerable<string> Names => _all.Select(_name);

    /// <summary>Adds one.</summary>
    /// <exception cref="NonsmoothException">Its name is empty or taken.</exception>
    public void Register(T added)
    {
        string name = _name(added);
        lock (_lock)
        {
            if (name.Length == 0)
            {
                throw new NonsmoothException($"a {_kind} without a name cannot be registered: give it one");
            }

            if (TryFind(name) is not null)
            {
                throw new NonsmoothException($"there is a {_kind} '{name}' already: give yours another name");
            }

            _all = [.. _all, added];
        }
    }

    /// <summary>The one of a name; null where there is none.</summary>
    public T? TryFind(string name) => Array.Find(_all, one => _name(one).Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The one of a name.</summary>
    /// <exception cref="NonsmoothException">There is none: the message has the nearest names, and of few names all.</exception>
    public T Find(string name) => TryFind(name) ?? throw Unknown(name);

    /// <summary>The complaint that there is none of a name.</summary>
    /// <param name="name">What was asked for.</param>
    /// <param name="nearest">The one that is meant; null for the nearest by its letters.</param>
    public NonsmoothException Unknown(string name, string? nearest = null) =>
        new($"no {_kind} '{name}'{(nearest is null ? ": " + Nearest.Mend(name, Names) : $"; did you mean {nearest}?")}");
}
