using Nonsmooth.Arithmetic;

namespace Nonsmooth.Checkpointing;

/// <summary>Follows a plan without emitting its program: which nodes are made how often, and whether anything needs that.</summary>
internal sealed class Recomputation
{
    private const int Given = -1;

    private readonly SegmentChain _chain;
    private readonly List<(int Node, int[] Arguments)> _made = [];
    private readonly int[] _maker;

    private Recomputation(SegmentChain chain)
    {
        _chain = chain;
        _maker = [.. Enumerable.Repeat(Given, chain.Program.Types.Count)];
    }

    /// <summary>The operations of every needed making of a node but one.</summary>
    /// <param name="chain">The program and its segments.</param>
    /// <param name="runs">For each segment, those that are run again before its backward.</param>
    public static OperationCount Count(SegmentChain chain, IReadOnlyList<IReadOnlyList<int>> runs)
    {
        var walk = new Recomputation(chain);
        var used = walk.Follow(runs);
        var times = new long[chain.Program.Nodes.Count];
        var needed = new bool[walk._made.Count];
        foreach (int making in used.Where(m => m != Given))
        {
            needed[making] = true;
        }

        for (int m = needed.Length - 1; m >= 0; m--)
        {
            if (needed[m])
            {
                times[walk._made[m].Node]++;
                foreach (int argument in walk._made[m].Arguments.Where(a => a != Given))
                {
                    needed[argument] = true;
                }
            }
        }

        return chain.Program.Nodes.Select((node, n) => (Node: node, Again: times[n] - 1)).Where(n => n.Again > 0).Aggregate(
            OperationCount.Zero, (sum, n) => sum + (n.Again * n.Node.Function.Count(chain.Program.ArgumentTypes(n.Node))));
    }

    // Which makings the outputs and the backwards use.
    private List<int> Follow(IReadOnlyList<IReadOnlyList<int>> runs)
    {
        for (int n = 0; n < _chain.Program.Nodes.Count; n++)
        {
            Make(n, null);
        }

        List<int> used = _chain.Options.KeepValues ? [.. _chain.Program.Outputs.Select(o => _maker[o.Value])] : [];
        for (int s = _chain.Segments.Length - 1; s >= 0; s--)
        {
            foreach (int run in runs[s])
            {
                foreach (int n in _chain.Again(run))
                {
                    Make(n, run == s ? _chain.Segments[run].Exit : null);
                }
            }

            used.AddRange(_chain.References.Of(s).Select(v => _maker[v]));
        }

        return used;
    }

    private void Make(int n, int? exit)
    {
        var node = _chain.Program.Nodes[n];
        _made.Add((n, [.. node.Arguments.Select(a => _maker[a])]));
        foreach (int result in node.Results)
        {
            if (result != exit && (_maker[result] == Given || !_chain.Kept[result]))
            {
                _maker[result] = _made.Count - 1;
            }
        }
    }
}
