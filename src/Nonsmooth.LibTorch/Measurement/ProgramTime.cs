namespace Nonsmooth.LibTorch.Measurement;

/// <summary>How long an executed program took, node by node, in seconds.</summary>
/// <param name="Nodes">One a node of the executed program, in order.</param>
/// <param name="Least">The shortest run.</param>
/// <param name="Median">The median of the runs.</param>
public sealed record ProgramTime(IReadOnlyList<NodeTime> Nodes, double Least, double Median)
{
    /// <summary>
    /// The sum of the nodes' shortest times: the steadiest figure on a machine that does other work too, since a
    /// disturbance spoils one node of one run and not the run. Never above <see cref="Least"/>.
    /// </summary>
    public double Undisturbed { get; } = Nodes.Sum(node => node.Least);
}
