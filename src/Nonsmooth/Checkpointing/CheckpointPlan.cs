using System.Collections.Immutable;
using Nonsmooth.Arithmetic;

namespace Nonsmooth.Checkpointing;

/// <summary>In which order the segments of a program are run and reversed: known before anything runs.</summary>
/// <remarks>
/// The first runs are those of the forward program, each segment once, in order; every later one is a recomputation. What
/// is kept follows from the order alone: a value is released after its last use.
/// </remarks>
public sealed class CheckpointPlan
{
    /// <summary>A plan from its actions.</summary>
    /// <param name="chain">The program and its segments.</param>
    /// <param name="actions">Each segment is reversed once, from the last to the first, and is run before that.</param>
    /// <exception cref="NonsmoothException">The actions do not reverse the chain; the message names the first that is out of place.</exception>
    public CheckpointPlan(SegmentChain chain, IEnumerable<ChainAction> actions)
    {
        Chain = chain;
        Actions = [.. actions];
        Runs = Group(chain.Segments.Length, Actions);
        Recomputed = Recomputation.Count(chain, [.. Runs.Select(r => (IReadOnlyList<int>)r)]);
    }

    /// <summary>The program and its segments.</summary>
    public SegmentChain Chain { get; }

    /// <summary>The actions, in order.</summary>
    public ImmutableArray<ChainAction> Actions { get; }

    /// <summary>For each segment, the segments that are run again right before its backward, in order.</summary>
    public ImmutableArray<ImmutableArray<int>> Runs { get; }

    /// <summary>Exactly the operations that the derived program makes more than backprop's.</summary>
    public OperationCount Recomputed { get; }

    /// <summary>Nothing is recomputed: backprop itself.</summary>
    public static CheckpointPlan KeepAll(SegmentChain chain)
    {
        var order = Enumerable.Range(0, chain.Segments.Length).ToList();
        return new CheckpointPlan(
            chain,
            [
                .. order.Select(s => new ChainAction(ChainActionKind.Keep, s)),
                .. order.AsEnumerable().Reverse().Select(s => new ChainAction(ChainActionKind.Reverse, s)),
            ]);
    }

    /// <summary>The chain reversed as one of equal steps: <see cref="Checkpointing.Revolve"/>.</summary>
    /// <param name="chain">The program and its segments.</param>
    /// <param name="slots">How many values between segments are stored at most, that before the first one included.</param>
    public static CheckpointPlan Revolve(SegmentChain chain, int slots)
    {
        var actions = new List<ChainAction>();
        foreach (var action in Checkpointing.Revolve.Schedule(chain.Segments.Length, slots))
        {
            if (action.Kind == RevolveActionKind.Advance)
            {
                actions.AddRange(Enumerable.Range(action.Position, action.Target - action.Position)
                    .Select(s => new ChainAction(ChainActionKind.Advance, s)));
            }
            else if (action.Kind == RevolveActionKind.Reverse)
            {
                actions.Add(new(ChainActionKind.Keep, action.Position));
                actions.Add(new(ChainActionKind.Reverse, action.Position));
            }
        }

        return new CheckpointPlan(chain, actions);
    }

    private static ImmutableArray<ImmutableArray<int>> Group(int segments, ImmutableArray<ChainAction> actions)
    {
        var runs = new ImmutableArray<int>[segments];
        var pending = new List<int>();
        int next = segments - 1;
        for (int i = 0; i < actions.Length; i++)
        {
            var (kind, stage) = actions[i];
            bool first = i < segments;
            if (first ? kind == ChainActionKind.Reverse || stage != i : stage > next || stage < 0 || (kind == ChainActionKind.Reverse && stage != next))
            {
                throw new NonsmoothException($"action {i} of a plan for {segments} segments is '{actions[i]}': run all in order, then reverse from the last to the first");
            }

            if (kind == ChainActionKind.Reverse)
            {
                runs[next--] = [.. pending];
                pending.Clear();
            }
            else if (!first)
            {
                pending.Add(stage);
            }
        }

        return next < 0 && pending.Count == 0
            ? [.. runs]
            : throw new NonsmoothException($"a plan for {segments} segments ends before segment {next} is reversed: reverse every segment, last to first");
    }
}
