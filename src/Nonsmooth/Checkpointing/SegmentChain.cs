using System.Collections.Immutable;
using Nonsmooth.Differentiation;
using Nonsmooth.Programs;

namespace Nonsmooth.Checkpointing;

/// <summary>A program cut into segments, each of which takes one value from the one before.</summary>
/// <remarks>
/// A cut lies wherever at most one value is made before and used after it; what branches and joins again is one segment.
/// Not counted are values that are there anyway: inputs and views of them, constants, and outputs that are kept. Linear
/// in the size of the program.
/// </remarks>
public sealed class SegmentChain
{
    private SegmentChain(Program program, BackpropOptions options, bool[] kept, ImmutableArray<Segment> segments)
    {
        Program = program;
        Options = options;
        Kept = kept;
        Segments = segments;
        References = new BackwardReferences(this);
    }

    /// <summary>The program that is cut: composites without a vjp of their own written out, without nodes that no output needs.</summary>
    public Program Program { get; }

    /// <summary>What backprop is asked for.</summary>
    public BackpropOptions Options { get; }

    /// <summary>The segments, in order.</summary>
    public ImmutableArray<Segment> Segments { get; }

    internal BackwardReferences References { get; }

    /// <summary>By value: whether it is there anyway, so that nothing recomputes it.</summary>
    internal bool[] Kept { get; }

    /// <summary>Cuts a program wherever it can be cut.</summary>
    /// <param name="program">The program that is to be differentiated.</param>
    /// <param name="options">What backprop is asked for: one seed.</param>
    /// <param name="most">The most segments: the smallest ones are merged until there are no more. Default 64.</param>
    /// <exception cref="NonsmoothException">There are several seeds, or the program has no node.</exception>
    public static SegmentChain Of(Program program, BackpropOptions options, int most = 64)
    {
        var flat = Differentiator.WriteOut(program).Prune();
        if (options.Seeds != 1 || flat.Nodes.Count == 0 || most < 1)
        {
            throw new NonsmoothException(
                $"checkpointing takes one seed, a program with nodes and at least one segment, given {options.Seeds}, {flat.Nodes.Count} and {most}");
        }

        var kept = KeptValues(flat, options);
        return new SegmentChain(flat, options, kept, [.. Merge(flat, Cut(flat, kept), most)]);
    }

    /// <summary>The nodes that a repeated run of a segment makes again.</summary>
    internal IEnumerable<int> Again(int segment)
    {
        for (int n = Segments[segment].Start; n < Segments[segment].End; n++)
        {
            if (!Program.Nodes[n].Results.All(r => Kept[r]))
            {
                yield return n;
            }
        }
    }

    private static bool[] KeptValues(Program program, BackpropOptions options)
    {
        var storage = new StorageMap(program, 1);
        var kept = new bool[program.Types.Count];
        foreach (var input in program.Inputs)
        {
            kept[input.Value] = true;
        }

        var constant = new bool[program.Types.Count];
        foreach (var node in program.Nodes)
        {
            bool constants = node.Arguments.All(a => constant[a]);
            foreach (int result in node.Results)
            {
                constant[result] = constants;
                kept[result] = constants || (storage.Root(result) != result && kept[storage.Root(result)]);
            }
        }

        if (options.KeepValues)
        {
            foreach (var output in program.Outputs)
            {
                kept[output.Value] = true;
            }
        }

        return kept;
    }

    private static List<Segment> Cut(Program program, bool[] kept)
    {
        int[] last = Enumerable.Repeat(-1, program.Types.Count).ToArray();
        for (int n = 0; n < program.Nodes.Count; n++)
        {
            foreach (int argument in program.Nodes[n].Arguments)
            {
                last[argument] = n;
            }
        }

        foreach (var output in program.Outputs)
        {
            last[output.Value] = program.Nodes.Count;
        }

        var segments = new List<Segment>();
        var live = new HashSet<int>();
        int start = 0;
        bool made = false;
        for (int n = 0; n < program.Nodes.Count; n++)
        {
            live.UnionWith(program.Nodes[n].Results.Where(r => !kept[r]));
            live.RemoveWhere(v => last[v] <= n);
            bool end = n == program.Nodes.Count - 1;
            made |= program.Nodes[n].Results.Any(r => !kept[r]);
            if ((live.Count <= 1 && made) || end)
            {
                segments.Add(new Segment(start, n + 1, end || live.Count == 0 ? null : live.Single()));
                (start, made) = (n + 1, false);
            }
        }

        return segments;
    }

    // The pair whose nodes make least is merged, so long stretches of small nodes go first.
    private static List<Segment> Merge(Program program, List<Segment> segments, int most)
    {
        long Weight(Segment s) => Enumerable.Range(s.Start, s.End - s.Start)
            .Sum(n => program.Nodes[n].Results.Sum(r => program.Types[r].Shape.Count64));

        var weights = segments.Select(Weight).ToList();
        while (segments.Count > most)
        {
            int best = Enumerable.Range(0, segments.Count - 1).MinBy(i => weights[i] + weights[i + 1]);
            segments[best] = new Segment(segments[best].Start, segments[best + 1].End, segments[best + 1].Exit);
            weights[best] += weights[best + 1];
            segments.RemoveAt(best + 1);
            weights.RemoveAt(best + 1);
        }

        return segments;
    }
}
