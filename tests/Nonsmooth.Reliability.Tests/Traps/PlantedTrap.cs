using Nonsmooth.Programs;
using Nonsmooth.Reliability.Traps;

namespace Nonsmooth.Reliability.Tests.Traps;

/// <summary>A program with a trap, and the same program mended.</summary>
public sealed record PlantedTrap(string Name, string Kind, string Node, Func<Program> Trapped, Func<Program> Mended)
{
    public TrapFormat Format { get; init; } = TrapFormat.Float32;

    public override string ToString() => Name;
}
