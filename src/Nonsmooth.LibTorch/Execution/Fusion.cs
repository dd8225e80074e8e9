using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Execution;

/// <summary>Which nodes run as one, by the table of pairs.</summary>
internal static class Fusion
{
    /// <summary>The nodes in the order in which they run, those that run as one together.</summary>
    public static IReadOnlyList<IReadOnlyList<Node>> Steps(Program program, bool fuse)
    {
        var alone = program.Nodes.Select(n => (IReadOnlyList<Node>)[n]);
        if (!fuse)
        {
            return [.. alone];
        }

        var readers = new List<int>[program.Types.Count];
        for (int n = 0; n < program.Nodes.Count; n++)
        {
            foreach (int value in program.Nodes[n].Arguments)
            {
                (readers[value] ??= []).Add(n);
            }
        }

        var outputs = program.Outputs.Select(o => o.Value).ToHashSet();
        IReadOnlyList<Node>?[] steps = [.. alone];
        for (int n = 0; n < steps.Length; n++)
        {
            var node = program.Nodes[n];
            int between = node.Results.Length > 0 ? node.Results[0] : -1;
            if (between < 0 || outputs.Contains(between) || readers[between] is not [int reader] || steps[n] is not { Count: 1 } || steps[reader] is not { Count: 1 })
            {
                continue;
            }

            var next = program.Nodes[reader];
            if (!Lowering.Pairs.Any(pair => pair.Fits(node, next)))
            {
                continue;
            }

            // A node without another argument may run early; else the first waits, which it may if nobody reads more of it.
            if (next.Arguments.Length == 1)
            {
                (steps[n], steps[reader]) = ([node, next], null);
            }
            else if (node.Results.Length == 1)
            {
                (steps[n], steps[reader]) = (null, [node, next]);
            }
        }

        return [.. steps.OfType<IReadOnlyList<Node>>()];
    }

    /// <summary>The kernel of nodes that run as one; each has its own for tensors that the common loops do not take.</summary>
    public static Kernel Of(IReadOnlyList<Node> nodes, Func<Node, Kernel> kernel, LoweringContext context)
    {
        if (nodes.Count == 1)
        {
            return kernel(nodes[0]);
        }

        var (first, second) = (nodes[0], nodes[1]);
        var (before, after) = (kernel(first), kernel(second));
        var both = Lowering.Pairs.First(pair => pair.Fits(first, second)).Lower(first, second, context);
        return values =>
        {
            if (!both(values))
            {
                before(values);
                after(values);
            }
        };
    }
}
