using System.Globalization;
using Nonsmooth.Cluster;
using Nonsmooth.Training.Checkpoints;

namespace Nonsmooth.Training.Engine;

/// <summary>What ranks settle before they train together.</summary>
internal static class RankSetup
{
    /// <summary>Shards over several ranks where nobody says how many.</summary>
    public const int UsualShards = 8;

    /// <summary>Options with the number of shards settled.</summary>
    /// <param name="options">The options.</param>
    /// <param name="ranks">How many ranks there are.</param>
    /// <param name="stored">The texts of the run that goes on; null for a new one.</param>
    public static TrainingOptions Sharded(TrainingOptions options, int ranks, IReadOnlyDictionary<string, string>? stored = null)
    {
        if (options.Shards is not null)
        {
            return options;
        }

        // A run from before there were shards, or without any, says nothing of them.
        bool isKnown = int.TryParse(stored?.GetValueOrDefault(TrainingSettings.Shards.Key), NumberStyles.None, CultureInfo.InvariantCulture, out int known);
        return options with { Shards = isKnown ? known : stored is null && ranks > 1 ? UsualShards : 1 };
    }

    /// <summary>The options of a session that is no run, which all ranks must have.</summary>
    /// <exception cref="CommunicationException">A rank has others, or another processor path or library.</exception>
    public static TrainingOptions Agreed(TrainingOptions options, ICommunicator ranks)
    {
        var settled = Sharded(options, ranks.Size);
        if (ranks.Size > 1)
        {
            Agree(ranks, RunConfiguration.Of(settled), null);
        }

        return settled;
    }

    /// <summary>Refuses ranks that would not compute the same.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="configuration">What the bits depend on.</param>
    /// <param name="point">Where the run goes on; null from the beginning.</param>
    /// <exception cref="CommunicationException">A rank has another configuration, checkpoint, processor path or library; the message names it.</exception>
    public static void Agree(ICommunicator ranks, RunConfiguration configuration, ResumePoint? point)
    {
        var facts = new Dictionary<string, string>(configuration.Texts.Concat(RunMachine.Facts()));
        facts["checkpoint"] = point is null ? "no checkpoint" : $"the checkpoint of step {point.Checkpoint.State?.Step}";
        ranks.Agree(facts);
    }
}
