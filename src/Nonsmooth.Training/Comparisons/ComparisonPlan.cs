using Nonsmooth.Data;
using Nonsmooth.Optimizers.Schedules;

namespace Nonsmooth.Training.Comparisons;

/// <summary>The work of a comparison.</summary>
/// <param name="Contenders">How many compete.</param>
/// <param name="Trials">Trials of each.</param>
/// <param name="TrialEpochs">Epochs of a trial.</param>
/// <param name="Seeds">Seeds of each.</param>
/// <param name="Epochs">Epochs of a run that is reported.</param>
/// <param name="StepsPerEpoch">Steps of an epoch.</param>
/// <param name="TrainCount">Examples that are trained on.</param>
/// <param name="HeldOutCount">Examples that are held out.</param>
/// <param name="TestCount">Examples of the test half.</param>
public sealed record ComparisonPlan(
    int Contenders, int Trials, int TrialEpochs, int Seeds, int Epochs, int StepsPerEpoch, int TrainCount, int HeldOutCount, int TestCount)
{
    /// <summary>Steps of a trial.</summary>
    public long TrialSteps => (long)TrialEpochs * StepsPerEpoch;

    /// <summary>Steps of a run that is reported.</summary>
    public long RunSteps => (long)Epochs * StepsPerEpoch;

    /// <summary>Steps that tuning takes for each contender.</summary>
    public long TuningSteps => Trials * TrialSteps;

    /// <summary>Every run, trials included.</summary>
    public int Runs => Contenders * (Trials + Seeds);

    /// <summary>Every step, of trials too.</summary>
    public long Steps => Contenders * (TuningSteps + (Seeds * RunSteps));

    internal static ComparisonPlan Of(ComparisonOptions options, HeldOut parts)
    {
        options.CheckEach();
        var recipe = options.Recipe;
        Require(options.Contenders.Count >= 1, "no optimizer is named: give at least one");
        Require(recipe.EarlyStop is null, $"the recipe stops early ({recipe.EarlyStop}), which gives optimizers different budgets: leave early-stop out");
        var twice = options.Contenders.GroupBy(c => c.Label).FirstOrDefault(g => g.Count() > 1);
        Require(twice is null, $"optimizer '{twice?.Key}' is named twice: give it other settings, or name it once");
        Require(recipe.Epochs >= 1, $"epochs is {recipe.Epochs}: give at least 1");
        Require(
            !ScheduleShape.HasOwnRates(recipe.Schedule),
            $"schedule is '{recipe.Schedule}', which has rates of its own that no trial would change: give {ScheduleShape.Shapes}");
        Require(
            recipe.Accumulate <= 1 || (long)recipe.Accumulate * recipe.BatchSize <= parts.Kept.Count,
            $"a step takes {recipe.Accumulate} batches of {recipe.BatchSize} examples, and {parts.Kept.Count} are trained on: accumulate fewer or smaller batches");
        int batch = Math.Clamp(recipe.BatchSize, 1, parts.Kept.Count);
        int epoch = Math.Max(1, parts.Kept.Count / batch / Math.Max(1, recipe.Accumulate));
        long trialEpochs = options.Budget is { } budget ? Math.Min(recipe.Epochs, budget / ((long)options.Trials * epoch)) : recipe.Epochs;
        Require(
            trialEpochs >= 1,
            $"budget is {options.Budget} steps: {options.Trials} trials of one epoch take {(long)options.Trials * epoch}, so give that or more, or fewer trials");
        return new(options.Contenders.Count, options.Trials, (int)trialEpochs, options.Seeds, recipe.Epochs, epoch, parts.Kept.Count, parts.Held.Count, options.Dataset.Test.Count);
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new NonsmoothException(message);
        }
    }
}
