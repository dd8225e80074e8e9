using Nonsmooth.Programs;

namespace Nonsmooth.Differentiation;

/// <summary>Outputs of a derived program: those of the program itself, if they are kept, then derivatives.</summary>
internal sealed class DerivedOutputs
{
    private readonly FreshNames _names;

    public DerivedOutputs(Program program, Variable?[] values, bool keepValues)
    {
        All = keepValues ? [.. program.Outputs.Select(o => (o.Name, values[o.Value]!))] : [];
        _names = new FreshNames(All.Select(o => o.Name));
    }

    public List<(string Name, Variable Value)> All { get; }

    /// <summary>Where the derivative of a name and a seed or direction is.</summary>
    public Dictionary<(string Name, int Seed), int> Positions { get; } = [];

    public void Add((string Name, int Seed) of, string name, Variable value)
    {
        Positions.Add(of, All.Count);
        All.Add((_names.Take(name), value));
    }
}
