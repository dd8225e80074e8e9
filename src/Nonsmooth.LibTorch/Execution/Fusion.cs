using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution.Kernels;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Execution;

/// <summary>Which nodes run as one: a batch norm with the relu behind it, and the relu's gate with the norm's gradient.</summary>
/// <remarks>The value between them has no other reader and is never written to memory.</remarks>
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
            if (between < 0 || outputs.Contains(between) || readers[between] is not [int reader])
            {
                continue;
            }

            // A relu has no other argument, so it may run early; the gate waits, since the gradient takes more than its result.
            var next = program.Nodes[reader];
            if (IsNormThenRelu(node, next))
            {
                (steps[n], steps[reader]) = ([node, next], null);
            }
            else if (IsGateThenNorm(node, next, between))
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
        Func<Native.TensorHandle[], bool> both = first.Function is BatchNorm norm
            ? values => NormalisationKernels.TryRows(first, norm.Epsilon, second.Results[0], values, context)
            : values => NormalisationKernels.TryRowsBack(
                second, ((BatchNormGradient)second.Function).Epsilon, values[first.Arguments[1]], values[first.Arguments[0]], values, context);
        return values =>
        {
            if (!both(values))
            {
                before(values);
                after(values);
            }
        };
    }

    private static bool IsNormThenRelu(Node norm, Node relu) => norm.Function is BatchNorm && relu.Function is Unary<Relu>;

    // The gate reads the relu's value, which tells 0 from below no more: only where both have slope 0.
    private static bool IsGateThenNorm(Node gate, Node norm, int between) =>
        gate.Function is Gate { Slopes: { First: 0, HasSecond: false, Below: 0, AtFirst: 0, Between: 1 } }
        && norm.Function is BatchNormGradient && norm.Arguments[4] == between;
}
