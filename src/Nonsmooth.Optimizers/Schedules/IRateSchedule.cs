namespace Nonsmooth.Optimizers.Schedules;

/// <summary>A learning rate as a function of the step alone, so that training resumes where it stopped.</summary>
public interface IRateSchedule
{
    /// <summary>The rate of step <paramref name="step"/>; the first step is 1.</summary>
    /// <exception cref="NonsmoothException"><paramref name="step"/> is below 1.</exception>
    double RateAt(long step);
}
