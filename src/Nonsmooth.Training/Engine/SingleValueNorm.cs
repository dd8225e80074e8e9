using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Training.Engine;

/// <summary>Finds batch norms that see one value a channel: its deviation is 0, so the layer passes on its bias whatever comes in, and no slope.</summary>
internal static class SingleValueNorm
{
    /// <summary>What to say of a training program; null where each sees more.</summary>
    public static string? In(Program program) =>
        program.Nodes.FirstOrDefault(n => n.Function is BatchNorm && Count(program, n, 0) == Count(program, n, 1)) is { } node
            ? $"{node.Name} normalises one value a channel, which becomes its bias whatever it is, and nothing before it learns: take a larger batch, or images that are larger there"
            : null;

    private static long Count(Program program, Node node, int argument) => program.Types[node.Arguments[argument]].Shape.Count64;
}
