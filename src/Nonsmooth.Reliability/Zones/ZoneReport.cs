using Nonsmooth.Reliability.Gradients;

namespace Nonsmooth.Reliability.Zones;

/// <summary>What a study of zones found in one format.</summary>
/// <param name="Options">What was compared.</param>
/// <param name="Draws">Draws M.</param>
/// <param name="Batches">Batches Q of each draw.</param>
/// <param name="Population">All batches of the partition that those of a draw are drawn from.</param>
/// <param name="Observations">One a pair, draw by draw.</param>
/// <param name="Control">The largest distance of P from itself run twice: 0 where the arithmetic is deterministic.</param>
/// <param name="Reordered">The largest distance of P from itself with the batch in other orders; null without control orders.</param>
/// <param name="Calibrated">The threshold that the control gives; null without control orders, or where none of them changed a bit.</param>
public sealed record ZoneReport(
    ZoneOptions Options,
    int Draws,
    int Batches,
    int Population,
    IReadOnlyList<ZoneObservation> Observations,
    GradientDistance Control,
    GradientDistance? Reordered,
    ZoneThreshold? Calibrated)
{
    /// <summary>Volumes by the published threshold, by the calibrated one, and by replay, as far as there are.</summary>
    public IReadOnlyList<ZoneVolume> Volumes
    {
        get
        {
            var volumes = new List<ZoneVolume>();
            foreach (var threshold in new[] { ZoneThreshold.Published(Options.Precision), Calibrated })
            {
                if (threshold is not null)
                {
                    volumes.Add(ZoneVolume.Of(threshold.Source, Observations.Select(o => threshold.Of(o.Distance)), Draws, Batches, Population));
                }
            }

            if (Options.Replay)
            {
                volumes.Add(ZoneVolume.Of("replay", Observations.Select(o => o.ByReplay(Options.ReplayTolerance)!.Value), Draws, Batches, Population));
            }

            return volumes;
        }
    }

    /// <summary>The most reliable of <see cref="Volumes"/>: by replay if there was one, else calibrated, else published.</summary>
    /// <exception cref="NonsmoothException">Nothing classified the format: it has no published threshold, and control and replay were off.</exception>
    public ZoneVolume Volume => Volumes is [.., var last]
        ? last
        : throw new NonsmoothException($"nothing tells zones apart at {Options.Precision}: no threshold is published, so ask for control orders or replay");

    /// <summary>The zone of an observation, told as <see cref="Volume"/> tells it.</summary>
    public Zone Of(ZoneObservation observation) => Options.Replay
        ? observation.ByReplay(Options.ReplayTolerance)!.Value
        : (Calibrated ?? ZoneThreshold.Published(Options.Precision))?.Of(observation.Distance)
            ?? throw new NonsmoothException($"nothing tells zones apart at {Options.Precision}: no threshold is published, so ask for control orders or replay");

    /// <summary>Whether every loss was the same under both selections, as it is when only derivatives differ.</summary>
    public bool SameLosses => Observations.All(o => o.LossDifference == 0);
}
