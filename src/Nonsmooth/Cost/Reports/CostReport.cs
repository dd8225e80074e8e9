namespace Nonsmooth.Cost;

/// <summary>What a program and its backprop cost: node by node, by module and in total, counted and not run.</summary>
/// <param name="Nodes">One row a node, in the order of the program.</param>
/// <param name="Parameters">Reals among the inputs whose gradients are wanted.</param>
/// <param name="Uncounted">Nodes that state no cost: totals leave them out, and a report must say so.</param>
public sealed record CostReport(IReadOnlyList<NodeCost> Nodes, long Parameters, IReadOnlyList<string> Uncounted)
{
    /// <summary>Work of the value.</summary>
    public Work Forward { get; } = Nodes.Aggregate(Work.Zero, (sum, node) => sum + node.Forward);

    /// <summary>Work of the backward sweep alone.</summary>
    public Work Backward { get; } = Nodes.Aggregate(Work.Zero, (sum, node) => sum + node.Backward);

    /// <summary>Words of 4 bytes kept between the two, by the published convention.</summary>
    public long SavedWords { get; } = Nodes.Sum(node => node.SavedWords);

    /// <summary>Elements that go through a ReLU.</summary>
    public long ReluElements => Nodes.Where(n => n.Function == "relu").Sum(n => n.Kinked);

    /// <summary>Comparisons of max-pooling, k² − 1 a window.</summary>
    public long PoolComparisons => Nodes.Where(n => n.Function == "max_pool2d").Sum(n => n.Kinked);

    /// <summary>Nodes whose functions do not say what their backward keeps: all their arguments are counted as kept.</summary>
    public IReadOnlyList<string> Unsaid { get; init; } = [];

    /// <summary>Whether every node is counted.</summary>
    public bool IsComplete => Uncounted.Count == 0;

    /// <summary>(forward + backward) / forward, in multiply-adds.</summary>
    public double Ratio => Forward.MultiplyAdds.Dense == 0
        ? double.NaN
        : (double)(Forward.MultiplyAdds.Dense + Backward.MultiplyAdds.Dense) / Forward.MultiplyAdds.Dense;

    /// <summary>The nodes put together by the first parts of their names.</summary>
    /// <param name="depth">How many parts, at least 1.</param>
    public IReadOnlyList<ModuleCost> Modules(int depth)
    {
        var modules = new List<ModuleCost>();
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var node in Nodes)
        {
            string name = Prefix(node.Name, depth);
            if (!index.TryGetValue(name, out int at))
            {
                index.Add(name, at = modules.Count);
                modules.Add(new ModuleCost(name, 0, Work.Zero, Work.Zero, 0));
            }

            var module = modules[at];
            modules[at] = new ModuleCost(
                name, module.Nodes + 1, module.Forward + node.Forward, module.Backward + node.Backward, module.SavedWords + node.SavedWords);
        }

        return modules;
    }

    private static string Prefix(string name, int depth)
    {
        int end = -1;
        for (int i = 0; i < depth; i++)
        {
            int dot = name.IndexOf('.', end + 1);
            if (dot < 0)
            {
                return name;
            }

            end = dot;
        }

        return name[..end];
    }
}
