namespace Nonsmooth.Training.Engine;

/// <summary>Where the time of a run went.</summary>
/// <param name="Data">Waiting for batches.</param>
/// <param name="Gradient">Loss and gradient, and all of a step that is nothing else.</param>
/// <param name="Sums">Waiting for sums over ranks.</param>
/// <param name="Update">The optimizer.</param>
/// <param name="Evaluation">The test half.</param>
/// <param name="Saving">Checkpoints and reports.</param>
internal readonly record struct RunTimes(TimeSpan Data, TimeSpan Gradient, TimeSpan Sums, TimeSpan Update, TimeSpan Evaluation, TimeSpan Saving)
{
    public static RunTimes operator -(RunTimes a, RunTimes b) => new(
        a.Data - b.Data, a.Gradient - b.Gradient, a.Sums - b.Sums, a.Update - b.Update, a.Evaluation - b.Evaluation, a.Saving - b.Saving);
}
