using System.Diagnostics;
using System.Globalization;
using Nonsmooth.Data;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Reliability.Profiles;
using Nonsmooth.Reliability.Ties;
using Nonsmooth.Training.Audits;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Cli.Studies;

/// <summary>What an audit says of a network before it is trained, under the conventions of PyTorch 2.13 and of 2.14: which nodes, which share of their elements, which batches.</summary>
internal static class SlopeAudit
{
    private const int _draws = 20;
    private const int _batches = 2;

    /// <summary>A row for the batches whose gradient depends on the convention, then one a clamp for its elements on a bound.</summary>
    public static IReadOnlyList<ReproductionRow> Rows(ReproduceRequest request, string setting, Model network, Dataset data)
    {
        long begun = Stopwatch.GetTimestamp();
        using var subject = new NetworkSubject(network, data.Test, new() { Batch = 64 });
        var (reference, other) = (Profile.LibTorch, Profile.LibTorchNext);
        var choice = new AuditChoice(
            $"{reference.Name} → {other.Name}", "whose conventions hold at kinks", $"those of {reference.StandsFor}, or of {other.StandsFor}", reference.Selection, other.Selection);
        var options = new AuditOptions { Precisions = [Precision.Float32], Choices = [choice], Draws = _draws, Batches = _batches };
        var found = Audit.Run(subject, options, request.Share<AuditProgress>(setting, p => p.Done), cancellation: request.Stop).Choices[0];
        var share = found.Formats[0].Zones.Volume.Share;
        var interval = share.Interval();
        string[] blamed = [.. found.Formats[0].Blame.Where(b => b.Bifurcations() > 0).Select(b => b.Site.Node)];
        TieReport Ties(Profile profile) => TieCensus.Run(subject, new TieOptions { Selection = profile.Selection, Draws = 1, Batches = _batches, NearUlps = 0 }, cancellation: request.Stop);
        var (before, after) = (Ties(reference), Ties(other));
        double seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        return
        [
            new(setting, "batches whose gradient depends on it, %", "", share.Count.Percent, 100 * interval?.Low, 100 * interval?.High,
                $"{share.Count.Successes} of {share.Count.Trials}; names {(blamed.Length == 0 ? "none" : string.Join(", ", blamed))}", seconds),
            .. found.Sites.Select(site => Node(before.Sites.First(t => t.Site == site.Node), after.Sites.First(t => t.Site == site.Node))),
        ];

        ReproductionRow Node(TieCount first, TieCount second) => new(
            setting, $"elements of {first.Site} on a bound, %", "", 100 * first.TiedPart, null, null,
            string.Create(CultureInfo.InvariantCulture, $"{first.Ties:N0} of {first.Places:N0}; a gradient reaches {first.Active:N0} under {reference.Name}, {second.Active:N0} under {other.Name}"), seconds);
    }
}
