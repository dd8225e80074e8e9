using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Execution;

/// <summary>In which order the kernels of a program run, and what is released when.</summary>
/// <param name="Once">What the first run does: nodes of fixed values.</param>
/// <param name="Each">What each run does.</param>
internal sealed record ExecutionPlan(PlanStep[] Once, PlanStep[] Each)
{
    /// <summary>The plan of a program.</summary>
    /// <param name="context">The program.</param>
    /// <param name="kernels">The kernel of each node.</param>
    /// <param name="fuse">Whether nodes run as one where they can.</param>
    /// <param name="late">Values that are converted where they are read.</param>
    /// <param name="rounds">Whether results are rounded to the format after each node.</param>
    public static ExecutionPlan Of(LoweringContext context, IReadOnlyDictionary<Node, Kernel> kernels, bool fuse, HashSet<int> late, bool rounds)
    {
        var program = context.Program;
        var steps = Fusion.Steps(program, fuse);
        var releases = Liveness.Of(program, steps);
        var inputs = program.Inputs.Select(i => i.Value).ToHashSet();
        bool[] isOnce = [.. steps.Select(nodes => nodes.SelectMany(n => n.Results).All(context.IsFixed))];
        PlanStep[] all = [.. steps.Select((nodes, i) => new PlanStep(
            nodes[0],
            Converted.WhereRead(Fusion.Of(nodes, node => kernels[node], context), [.. nodes.SelectMany(n => n.Arguments).Where(late.Contains).Distinct()], context.Storage, context.Device),
            [.. nodes.SelectMany(n => n.Results)],
            [.. releases[i].Where(v => !inputs.Contains(v) && (isOnce[i] || !context.IsFixed(v)))],
            rounds && Rounds(program, nodes[0])))];
        return new ExecutionPlan([.. all.Where((_, i) => isOnce[i])], [.. all.Where((_, i) => !isOnce[i])]);
    }

    // Selecting, moving and comparing give values of the format already, unless a function says otherwise.
    private static bool Rounds(Program program, Node node)
    {
        var count = node.Function.Count(program.ArgumentTypes(node));
        return node.Arguments.Length == 0 || (node.Function.Known.Rounds ?? count.Total > count.Comparisons);
    }
}

/// <summary>Nodes that run as one.</summary>
/// <param name="Node">The first of them.</param>
/// <param name="Kernel">What computes them.</param>
/// <param name="Results">The values that it makes.</param>
/// <param name="LastUses">The values to release after it.</param>
/// <param name="Rounds">Whether its results are then rounded to the format.</param>
internal sealed record PlanStep(Node Node, Kernel Kernel, int[] Results, int[] LastUses, bool Rounds);
