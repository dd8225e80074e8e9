using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Gradients;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Divergence;

/// <summary>Finds the first node at which two programs, or one program in two formats, part.</summary>
/// <remarks>
/// Nodes are matched by name, so a node that was changed in place is compared with what it was. All values of the first
/// run are kept until the second has passed them: the memory is that of a run that releases nothing.
/// </remarks>
public static class FirstDivergence
{
    /// <summary>Compares two programs on the same inputs.</summary>
    /// <param name="first">A program, a gradient for example.</param>
    /// <param name="second">The other; the same as the first to compare formats.</param>
    /// <param name="inputs">The inputs of both.</param>
    /// <param name="options">Formats, tolerance; null for the defaults.</param>
    public static DivergenceReport Find(
        Program first, Program second, IReadOnlyList<TorchTensor> inputs, DivergenceOptions? options = null)
    {
        options ??= new();
        var otherPrecision = options.OtherPrecision ?? options.Precision;
        double tolerance = options.Tolerance ?? (otherPrecision == options.Precision ? 0 : 64 * Math.Max(options.Precision.UnitRoundoff(), otherPrecision.UnitRoundoff()));
        using var one = new GradientRunner(first, options.Precision, options.Device);
        using var two = new GradientRunner(second, otherPrecision, options.Device);
        var kept = new Dictionary<string, (Node Node, TorchTensor[] Results)>(StringComparer.Ordinal);
        var met = new HashSet<string>(StringComparer.Ordinal);
        var missing = new List<string>();
        var diverged = new List<(int At, DivergedNode Node)>();
        var order = one.Program.Nodes.Select((n, i) => (n.Name, i)).ToDictionary(n => n.Name, n => n.i, StringComparer.Ordinal);
        try
        {
            one.Observer = (node, run) => kept.Add(node.Name, (node, [.. node.Results.Select(run.Peek)]));
            one.RunOnly(inputs);
            two.Observer = (node, run) =>
            {
                if (!kept.TryGetValue(node.Name, out var own) || !Comparable(one.Program, own.Node, two.Program, node))
                {
                    missing.Add(node.Name);
                    return;
                }

                kept.Remove(node.Name);
                met.Add(node.Name);
                if (NodeDifference.Of(own.Node, own.Results, node, run, tolerance) is { } difference)
                {
                    diverged.Add((order[node.Name], difference with { Decides = Decides(one.Program, own.Node) }));
                }

                Array.ForEach(own.Results, r => r.Dispose());
            };
            two.RunOnly(inputs);
        }
        finally
        {
            foreach (var (_, results) in kept.Values)
            {
                Array.ForEach(results, r => r.Dispose());
            }
        }

        return new DivergenceReport(
            met.Count,
            [.. one.Program.Nodes.Select(n => n.Name).Where(n => !met.Contains(n))],
            missing,
            [.. diverged.OrderBy(d => d.At).Take(options.Nodes).Select(d => d.Node)]);
    }

    private static bool Comparable(Program first, Node a, Program second, Node b) =>
        a.Results.Length == b.Results.Length && a.Results.Zip(b.Results).All(r => first.Types[r.First] == second.Types[r.Second]);

    private static bool Decides(Program program, Node node) =>
        node.Function.Regularity == Regularity.NotPathDifferentiable
        || node.Results.All(r => program.Types[r].Kind != ElementKind.Real);
}
