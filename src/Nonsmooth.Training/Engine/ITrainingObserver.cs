using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Reliability.Ties;

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

    /// <summary>Ties were counted at a step, before its update.</summary>
    /// <param name="step">From 1, over the whole run.</param>
    /// <param name="report">The step's counts.</param>
    /// <param name="inputs">The inputs of the network's gradient at the step: the run's own, valid during the call.</param>
    void Counted(long step, TieReport report, IReadOnlyList<TorchTensor> inputs)
    {
    }

    /// <summary>One line that the user should see.</summary>
    void Notice(string message)
    {
    }
}
