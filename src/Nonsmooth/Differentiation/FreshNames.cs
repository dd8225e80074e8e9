namespace Nonsmooth.Differentiation;

/// <summary>Gives names of which each is given once.</summary>
/// <param name="taken">Those that are taken.</param>
internal sealed class FreshNames(IEnumerable<string> taken)
{
    private readonly HashSet<string> _taken = new(taken, StringComparer.Ordinal);

    /// <summary>The name, numbered from 2 where it is taken.</summary>
    public string Take(string name)
    {
        string candidate = name;
        for (int number = 2; !_taken.Add(candidate); number++)
        {
            candidate = $"{name}_{number}";
        }

        return candidate;
    }
}
