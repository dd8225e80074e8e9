using Nonsmooth.Differentiation;
using Nonsmooth.Programs;

namespace Nonsmooth.Checkpointing;

/// <summary>Backprop that computes parts of the forward program again instead of keeping their values.</summary>
public static class Checkpointer
{
    /// <summary>The gradient program of a plan.</summary>
    /// <param name="forward">The program that the plan was made for.</param>
    /// <param name="options">What backprop is asked for: as the plan was made for.</param>
    /// <param name="plan">The plan.</param>
    /// <returns>
    /// A program with the inputs, outputs and, in any arithmetic, the bits of <c>forward.Backprop(options)</c>; a segment's
    /// recomputation stands right before its backward, in nodes named <c>recompute.…</c>.
    /// </returns>
    /// <exception cref="NonsmoothException">The plan was made for another program or other options.</exception>
    public static GradientProgram Apply(Program forward, BackpropOptions options, CheckpointPlan plan)
    {
        var chain = plan.Chain;
        var flat = Differentiator.WriteOut(forward).Prune();
        bool same = options.WithRespectTo.SequenceEqual(chain.Options.WithRespectTo) && options.Of.SequenceEqual(chain.Options.Of)
            && options with { WithRespectTo = chain.Options.WithRespectTo, Of = chain.Options.Of } == chain.Options;
        if (!same || flat.ToString() != chain.Program.ToString())
        {
            throw new NonsmoothException("the checkpoint plan is for another program or other options of backprop: plan the program that is to be differentiated");
        }

        return Apply(plan);
    }

    internal static GradientProgram Apply(CheckpointPlan plan)
    {
        var chain = plan.Chain;
        var segmentOf = Enumerable.Range(0, chain.Segments.Length).ToDictionary(s => chain.Segments[s].End - 1);
        return Differentiator.Derive(chain.Program, chain.Options, (node, builder, images) =>
        {
            if (segmentOf.TryGetValue(node, out int segment))
            {
                foreach (int run in plan.Runs[segment])
                {
                    Run(chain, run, run == segment, builder, images);
                }
            }
        }).Pruned();
    }

    // Before its own backward a segment's exit is still there: the run stops short of it.
    private static void Run(SegmentChain chain, int segment, bool stopsShort, ProgramBuilder builder, Variable?[] images)
    {
        int? exit = stopsShort ? chain.Segments[segment].Exit : null;
        using (builder.Recompute())
        {
            foreach (int n in chain.Again(segment))
            {
                var node = chain.Program.Nodes[n];
                if (node.Results.Length == 1 && node.Results[0] == exit)
                {
                    builder.Share(node.Function, node.Arguments.Select(a => images[a]!), images[exit.Value]!);
                    continue;
                }

                var before = node.Results.Select(r => images[r]).ToArray();
                builder.Replay(node, images);
                for (int r = 0; r < before.Length; r++)
                {
                    int result = node.Results[r];
                    images[result] = result == exit || chain.Kept[result] ? before[r] : images[result];
                }
            }
        }
    }
}
