namespace Nonsmooth.LibTorch.Measurement;

/// <summary>How long a node of an executed program is predicted to take.</summary>
/// <param name="Name">The node's name in the executed program.</param>
/// <param name="Function">Its function's name.</param>
/// <param name="Kind">The kind of kernel whose calibration it is from.</param>
/// <param name="Backward">Whether backprop emitted it.</param>
/// <param name="Seconds">The time.</param>
/// <param name="Fixed">The part that does not depend on sizes.</param>
public sealed record NodePrediction(string Name, string Function, string Kind, bool Backward, double Seconds, double Fixed)
{
    /// <summary>The names of the nodes that it stands for, from the nearest: <see cref="Programs.Node.Lineage"/>. Its own if not given.</summary>
    public IReadOnlyList<string> Lineage { get; init; } = [Name];
}
