namespace Nonsmooth.LibTorch.Measurement;

/// <summary>How long one node of an executed program took, in seconds.</summary>
/// <param name="Name">The node's name in the executed program.</param>
/// <param name="Function">Its function's name.</param>
/// <param name="Backward">Whether backprop emitted it.</param>
/// <param name="Least">The shortest of the repeats: what the node takes when nothing else disturbs the machine.</param>
/// <param name="Median">The median of the repeats.</param>
/// <remarks>The release of what the node before used last is part of it.</remarks>
public sealed record NodeTime(string Name, string Function, bool Backward, double Least, double Median)
{
    /// <summary>The names of the nodes that it stands for, from the nearest: <see cref="Programs.Node.Lineage"/>. Its own if not given.</summary>
    public IReadOnlyList<string> Lineage { get; init; } = [Name];
}
