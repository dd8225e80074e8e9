using Nonsmooth.Training.Engine;

namespace Nonsmooth.Training.Studies;

/// <summary>What a change of selection did to training.</summary>
/// <param name="Options">What was trained.</param>
/// <param name="Seeds">One a seed.</param>
/// <param name="Accuracy">The mean change of the test accuracy, a share from −1 to 1, over seeds whose two runs stayed finite; NaN of a model that does not measure it.</param>
/// <param name="TestLoss">The mean change of the test loss over the same seeds.</param>
/// <param name="TrainLoss">The mean change of the training loss over the same seeds.</param>
public sealed record PairedTrainingReport(
    PairedTrainingOptions Options, IReadOnlyList<PairedSeed> Seeds, MeanDifference Accuracy, MeanDifference TestLoss, MeanDifference TrainLoss)
{
    /// <summary>Runs under the reference that met a number that is not finite.</summary>
    public int ReferenceNotFinite => Seeds.Count(s => !s.Reference.IsFinite);

    /// <summary>Runs under the other selection that did.</summary>
    public int OtherNotFinite => Seeds.Count(s => !s.Other.IsFinite);

    /// <summary>The mean of Σ‖θ − θ'‖₁ over seeds whose two runs stayed finite; NaN without one.</summary>
    public double WeightDistance => Seeds.Where(s => s.IsFinite).Select(s => s.WeightDistance).DefaultIfEmpty(double.NaN).Average();

    /// <summary>What the runs say. With few seeds "unaffected" is weak evidence: show the interval.</summary>
    public TrainingEffect Effect
    {
        get
        {
            bool reference = Seeds.Any(s => !s.Reference.IsFinite && s.Other.IsFinite);
            bool other = Seeds.Any(s => s.Reference.IsFinite && !s.Other.IsFinite);
            return reference != other ? TrainingEffect.Affected
                : reference || !Decisive.HasInterval ? TrainingEffect.CannotTell
                : Decisive.IncludesZero ? TrainingEffect.Unaffected
                : TrainingEffect.Affected;
        }
    }

    /// <summary>The change that the effect is judged by: that of the accuracy, of a model that does not measure it that of the test loss.</summary>
    public MeanDifference Decisive => MeasuresAccuracy ? Accuracy : TestLoss;

    /// <summary>Whether the model measures accuracy.</summary>
    public bool MeasuresAccuracy => Options.Network.Metrics.Any(m => m.Name == EvaluationResult.AccuracyName);

    internal static PairedTrainingReport Of(PairedTrainingOptions options, IReadOnlyList<PairedSeed> seeds)
    {
        MeanDifference Of(Func<TrainingOutcome, double> value) =>
            MeanDifference.Of([.. seeds.Where(s => s.IsFinite).Select(s => value(s.Other) - value(s.Reference))]);
        return new(options, seeds, Of(o => o.TestAccuracy), Of(o => o.TestLoss), Of(o => o.TrainLoss));
    }
}
