using Nonsmooth.Training.Census;

namespace Nonsmooth.Training.Engine;

/// <summary>Hears of a run's progress, on the thread that trains.</summary>
public interface ITrainingObserver
{
    /// <summary>Everything is planned; the first step is next.</summary>
    void Started(TrainingPlan plan)
    {
    }

    /// <summary>A step is done. Called often: be quick.</summary>
    void Step(in StepReport report)
    {
    }

    /// <summary>An epoch is done, evaluated and saved.</summary>
    void EpochEnded(EpochReport report)
    {
    }

    /// <summary>The kinks were counted at a step, before its update.</summary>
    void Counted(long step, CensusReport report)
    {
    }

    /// <summary>One line that the user should see.</summary>
    void Notice(string message)
    {
    }
}
