using Nonsmooth.LibTorch.Execution;

namespace Nonsmooth.Reliability.Formats;

/// <summary>Which numbers a gradient is made of, node by node and layer by layer.</summary>
/// <param name="Precision">The format that ran.</param>
/// <param name="FlushToZero">Whether the executor took subnormal numbers for 0.</param>
/// <param name="Runs">Runs counted.</param>
/// <param name="Nodes">One range a node, in the order they ran; only nodes that make reals.</param>
/// <param name="First">Where the first number that is not finite appeared; null where all were finite.</param>
public sealed record RangeReport(
    Precision Precision, bool FlushToZero, int Runs, IReadOnlyList<ValueRange> Nodes, NonFiniteNode? First)
{
    /// <summary>The nodes by layer, forward and backward apart, in the order they ran.</summary>
    public IReadOnlyList<ValueRange> Layers =>
    [
        .. Nodes.GroupBy(n => (n.Layer, n.Backward))
            .Select(g => g.Aggregate((a, b) => a + b) with { Name = g.Key.Layer }),
    ];
}
