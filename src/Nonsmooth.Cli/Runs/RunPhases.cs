namespace Nonsmooth.Cli.Runs;

/// <summary>Seconds of a run by what they went to.</summary>
/// <param name="Gradient">Loss and gradient.</param>
/// <param name="Update">The optimizer.</param>
/// <param name="Data">Waiting for batches.</param>
/// <param name="Sums">Waiting for sums over ranks.</param>
/// <param name="Evaluation">The test half.</param>
/// <param name="Saving">Checkpoints.</param>
internal sealed record RunPhases(double Gradient, double Update, double Data, double Sums, double Evaluation, double Saving)
{
    /// <summary>Each with what a reader calls it.</summary>
    public static IReadOnlyList<(string Name, Func<RunPhases, double> Seconds)> Named { get; } =
    [
        ("loss and gradient", p => p.Gradient), ("optimizer", p => p.Update), ("waiting for data", p => p.Data), ("waiting for sums over ranks", p => p.Sums),
        ("evaluation", p => p.Evaluation), ("saving", p => p.Saving),
    ];

    /// <summary>All together.</summary>
    public double Total => Named.Sum(n => n.Seconds(this));

    public static RunPhases operator +(RunPhases a, RunPhases b) => new(
        a.Gradient + b.Gradient, a.Update + b.Update, a.Data + b.Data, a.Sums + b.Sums, a.Evaluation + b.Evaluation, a.Saving + b.Saving);
}
