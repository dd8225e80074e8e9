using Nonsmooth.Cli.Output;
using Nonsmooth.Cluster;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Training.Audits;
using Nonsmooth.Training.Studies;

namespace Nonsmooth.Cli.Audits;

/// <summary>Tries, for an audit, what each choice does to training.</summary>
internal static class AuditTraining
{
    /// <summary>Trains the same seeds under both sides of each choice, from the network's own initialisation.</summary>
    /// <returns>One row a choice that was finished, and whether it was stopped before the last.</returns>
    public static (List<TrainingRow> Rows, bool Stopped) Try(
        AuditRequest request, AuditReport report, Action<double, string> progress, WorkQueue queue, CancellationToken cancellation)
    {
        var rows = new List<TrainingRow>();
        int count = request.Trials.Steps > 0 && !report.Interrupted ? report.Choices.Count : 0;
        for (int c = 0; c < count; c++)
        {
            double from = (double)c / count;
            string name = report.Choices[c].Choice.Name;
            try
            {
                var paired = PairedTraining.Run(
                    Options(request, report.Choices[c].Choice),
                    new Told<PairedTrainingProgress>(p => progress(from + (p.Done / count), $"training under {name}")),
                    queue,
                    cancellation);
                if (paired.Seeds.Count < request.Trials.Seeds)
                {
                    return (rows, true);
                }

                rows.Add(Row(name, request.Trials.Steps, paired));
            }
            catch (OperationCanceledException)
            {
                return (rows, true);
            }
        }

        return (rows, false);
    }

    private static PairedTrainingOptions Options(AuditRequest request, AuditChoice choice) => new()
    {
        Network = request.Network,
        Dataset = request.Data,
        Reference = choice.Reference,
        Other = choice.Other,
        Batch = request.Subject.Batch,
        Steps = request.Trials.Steps,
        Seeds = request.Trials.Seeds,
        FirstSeed = request.Subject.Seed,
    };

    private static double[]? Interval(MeanDifference change, double scale) => change.HasInterval ? [scale * change.Low, scale * change.High] : null;

    private static TrainingRow Row(string choice, int steps, PairedTrainingReport paired) => new(
        choice,
        Precision.Float32.Name(),
        paired.Seeds.Count,
        steps,
        paired.MeasuresAccuracy ? 100 * paired.Accuracy.Mean : double.NaN,
        paired.TestLoss.Mean,
        Interval(paired.Decisive, paired.MeasuresAccuracy ? 100 : 1),
        paired.WeightDistance,
        [paired.ReferenceNotFinite, paired.OtherNotFinite],
        paired.Effect);
}
