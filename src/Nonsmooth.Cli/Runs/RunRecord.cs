using System.Text.Json.Serialization;
using Nonsmooth.Training.Engine;

namespace Nonsmooth.Cli.Runs;

/// <summary>What the folder of a run says of it.</summary>
internal sealed record RunRecord
{
    /// <summary>What the page calls it.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is.</summary>
    public required string Folder { get; init; }

    public required string Network { get; init; }

    public required string Data { get; init; }

    public required string Optimizer { get; init; }

    /// <summary>Trainable numbers.</summary>
    public required long Parameters { get; init; }

    /// <summary>Epochs that were asked for.</summary>
    public required int Epochs { get; init; }

    public required int StepsPerEpoch { get; init; }

    public required RunState State { get; init; }

    /// <summary>Whole epochs.</summary>
    public required IReadOnlyList<EpochReport> History { get; init; }

    /// <summary>The loss by step; none of a run of a release that did not write it.</summary>
    public required IReadOnlyList<RunStep> Curve { get; init; }

    /// <summary>Samples of its kinks.</summary>
    [JsonIgnore] // Sites say it in few numbers.
    public IReadOnlyList<RunTie> Ties { get; init => (field, Sites) = (value, RunSite.Of(value)); } = [];

    /// <summary>Its layers; none without <c>--telemetry</c>.</summary>
    public IReadOnlyList<RunSite> Sites { get; private init; } = [];

    /// <summary>Settings, as texts by key.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>What was wrong with its files and is passed over.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    public long Steps => (long)Epochs * StepsPerEpoch;

    public long StepsDone => Math.Max(Curve.Count > 0 ? Curve[^1].Step : 0, History.Count > 0 ? History[^1].Step : 0);

    public double Seconds => Math.Max(Curve.Count > 0 ? Curve[^1].Seconds : 0, History.Count > 0 ? History[^1].Seconds : 0);

    /// <summary>From 0 to 1, after the last whole epoch; null before, and where it is not measured.</summary>
    public double? TestAccuracy => Finite(History.Count > 0 ? History[^1].TestAccuracy : double.NaN);

    /// <summary>After the last whole epoch.</summary>
    public double? TestLoss => Finite(History.Count > 0 ? History[^1].TestLoss : double.NaN);

    /// <summary>The mean of the last whole epoch; before the first one's end, the last there is.</summary>
    public double? TrainLoss => Finite(History.Count > 0 ? History[^1].TrainLoss : Curve.Count > 0 ? Curve[^1].Loss : double.NaN);

    /// <summary>Where its time went; null where nobody measured.</summary>
    public RunPhases? Phases => Curve.Count == 0 ? null : Curve.Select(s => s.Phases).Aggregate((a, b) => a + b);

    /// <summary>Time of a step, evaluations and checkpoints left out.</summary>
    public double? SecondsPerStep => Phases is { } p && StepsDone > 0 ? (p.Gradient + p.Update + p.Data + p.Sums) / StepsDone : null;

    /// <summary>The seed, which is no difference between settings.</summary>
    public string Seed => Settings.GetValueOrDefault("seed", "");

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
