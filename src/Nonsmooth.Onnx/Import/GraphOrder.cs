using Nonsmooth.Onnx.Files;

namespace Nonsmooth.Onnx.Import;

/// <summary>The nodes that some values need, in an order in which they can run, whatever order the file has.</summary>
internal static class GraphOrder
{
    /// <exception cref="OnnxException">A value is made twice, or needs itself.</exception>
    public static IReadOnlyList<OnnxNode> Of(IReadOnlyList<OnnxNode> nodes, IEnumerable<string> wanted)
    {
        var makers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < nodes.Count; i++)
        {
            foreach (string output in nodes[i].Outputs.Where(o => o.Length > 0))
            {
                if (!makers.TryAdd(output, i))
                {
                    throw new OnnxException($"value '{output}' is made twice, by '{nodes[makers[output]].Label}' and '{nodes[i].Label}': the file is damaged");
                }
            }
        }

        var order = new List<OnnxNode>();
        var state = new byte[nodes.Count];
        var stack = new Stack<(int Node, IEnumerator<string> Needs)>();
        foreach (string name in wanted)
        {
            Enter(name);
            while (stack.TryPeek(out var top))
            {
                if (top.Needs.MoveNext())
                {
                    Enter(top.Needs.Current);
                    continue;
                }

                stack.Pop();
                state[top.Node] = 2;
                order.Add(nodes[top.Node]);
            }
        }

        return order;

        void Enter(string name)
        {
            if (!makers.TryGetValue(name, out int node) || state[node] == 2)
            {
                return;
            }

            if (state[node] == 1)
            {
                throw new OnnxException($"node '{nodes[node].Label}' needs its own result '{name}': the graph is cyclic");
            }

            state[node] = 1;
            stack.Push((node, Needs(nodes[node]).GetEnumerator()));
        }
    }

    /// <summary>The names a node reads, those that its graphs take from outside included.</summary>
    public static IEnumerable<string> Needs(OnnxNode node) => node.Inputs.Where(i => i.Length > 0)
        .Concat(node.Attributes.Where(a => a.Graph is not null).SelectMany(a => Free(a.Graph!)));

    private static IEnumerable<string> Free(OnnxGraph graph)
    {
        var own = new HashSet<string>(graph.Inputs.Select(i => i.Name).Concat(graph.Initializers.Select(i => i.Name)).Concat(graph.Nodes.SelectMany(n => n.Outputs)), StringComparer.Ordinal);
        return graph.Nodes.SelectMany(Needs).Concat(graph.Outputs.Select(o => o.Name)).Where(n => !own.Contains(n)).Distinct();
    }
}
