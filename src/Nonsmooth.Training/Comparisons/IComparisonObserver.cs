namespace Nonsmooth.Training.Comparisons;

/// <summary>Hears of a comparison's progress, one call at a time; with several ranks on rank 0 alone, and not always on one thread.</summary>
public interface IComparisonObserver
{
    /// <summary>Everything is planned; the first run is next.</summary>
    void Planned(ComparisonPlan plan)
    {
    }

    /// <summary>A step is done. Called often: be quick.</summary>
    /// <param name="what">The run, in words.</param>
    /// <param name="done">Steps done in the whole comparison.</param>
    /// <param name="steps">All of them.</param>
    void Step(string what, long done, long steps)
    {
    }

    /// <summary>A run is done and kept.</summary>
    /// <param name="run">What it came to.</param>
    /// <param name="elapsed">What it took, evaluations and preparation included; zero where it was there already.</param>
    /// <param name="done">Steps done in the whole comparison.</param>
    /// <param name="steps">All of them.</param>
    void Finished(ComparedRun run, TimeSpan elapsed, long done, long steps)
    {
    }

    /// <summary>One line that the user should see.</summary>
    void Notice(string message)
    {
    }
}
