using Nonsmooth.Differentiation;
using Nonsmooth.Programs;

namespace Nonsmooth.Checkpointing;

/// <summary>Which values of the forward program the backward of each segment uses.</summary>
/// <remarks>Read off the program that backprop emits, after the nodes that no output needs are taken out.</remarks>
internal sealed class BackwardReferences
{
    private readonly HashSet<int>[] _values;

    public BackwardReferences(SegmentChain chain)
    {
        var program = chain.Program;
        _values = [.. chain.Segments.Select(_ => new HashSet<int>())];
        var swept = new int[program.Nodes.Count];
        var forward = new Dictionary<int, int>();
        var derived = Differentiator.Derive(program, chain.Options, (node, builder, images) =>
        {
            swept[node] = builder.NodeCount;
            for (int value = 0; forward.Count < images.Length; value++)
            {
                forward.Add(images[value]!.Id, value);
            }
        });
        var needed = Needed(derived);
        for (int s = 0; s < _values.Length; s++)
        {
            // The sweep goes from the last node to the first; what it emits for one ends where it begins with the next.
            int start = swept[chain.Segments[s].End - 1];
            int end = chain.Segments[s].Start == 0 ? derived.Nodes.Count : swept[chain.Segments[s].Start - 1];
            for (int n = start; n < end; n++)
            {
                if (derived.Nodes[n].Results.Any(r => needed[r]))
                {
                    _values[s].UnionWith(derived.Nodes[n].Arguments.Where(forward.ContainsKey).Select(a => forward[a]));
                }
            }
        }

        // A gradient that is itself a forward value.
        foreach (var output in derived.Outputs.Skip(chain.Options.KeepValues ? program.Outputs.Count : 0))
        {
            if (forward.TryGetValue(output.Value, out int value))
            {
                int node = program.Nodes.ToList().FindIndex(n => n.Results.Contains(value));
                _values[Math.Max(0, chain.Segments.ToList().FindIndex(s => s.Start <= node && node < s.End))].Add(value);
            }
        }
    }

    /// <summary>The values that the backward of a segment uses; inputs and values of other segments among them.</summary>
    public IReadOnlySet<int> Of(int segment) => _values[segment];

    private static bool[] Needed(Program program)
    {
        var needed = new bool[program.Types.Count];
        foreach (var output in program.Outputs)
        {
            needed[output.Value] = true;
        }

        foreach (var node in program.Nodes.Reverse())
        {
            if (node.Results.Any(r => needed[r]))
            {
                foreach (int argument in node.Arguments)
                {
                    needed[argument] = true;
                }
            }
        }

        return needed;
    }
}
