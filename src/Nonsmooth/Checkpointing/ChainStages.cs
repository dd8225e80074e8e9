using Nonsmooth.Programs;

namespace Nonsmooth.Checkpointing;

/// <summary>The segments of a program as stages of a chain, sizes in bytes and costs in operations.</summary>
internal static class ChainStages
{
    public static IReadOnlyList<ChainStage> Of(SegmentChain chain, int bytesPerReal)
    {
        var storage = new StorageMap(chain.Program, bytesPerReal);
        var stages = new List<ChainStage>();
        int? entry = null;
        for (int s = 0; s < chain.Segments.Length; s++)
        {
            var segment = chain.Segments[s];
            var needed = chain.References.Of(s).Where(v => !chain.Kept[v]).ToHashSet();
            var saved = needed.Concat(segment.Exit is { } exit ? [exit] : []).Where(v => v != entry)
                .Select(storage.Root).Distinct().Where(r => entry is null || r != storage.Root(entry.Value));
            long cost = chain.Again(s).Sum(n => Operations(chain.Program, n));
            stages.Add(new ChainStage(
                cost, Leaf(chain, s, needed), entry is { } value ? storage.Bytes(value) : 0, saved.Sum(storage.Bytes)));
            entry = segment.Exit;
        }

        return stages;
    }

    // What the backward of the segment needs, back to its entry.
    private static long Leaf(SegmentChain chain, int segment, HashSet<int> needed)
    {
        long cost = 0;
        var wanted = needed.Where(v => v != chain.Segments[segment].Exit).ToHashSet();
        foreach (int n in chain.Again(segment).Reverse())
        {
            var node = chain.Program.Nodes[n];
            if (node.Results.Any(wanted.Contains))
            {
                cost += Operations(chain.Program, n);
                wanted.UnionWith(node.Arguments.Where(a => a != chain.Segments[segment].Exit));
            }
        }

        return cost;
    }

    private static long Operations(Program program, int node) =>
        program.Nodes[node].Function.Count(program.ArgumentTypes(program.Nodes[node])).Total;
}
