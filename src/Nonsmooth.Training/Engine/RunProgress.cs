namespace Nonsmooth.Training.Engine;

/// <summary>Where a run stands, apart from parameters and optimizer states.</summary>
internal sealed class RunProgress
{
    /// <summary>The epoch that is running, from 0.</summary>
    public int Epoch { get; set; }

    /// <summary>The next step of the epoch, from 0.</summary>
    public int Batch { get; set; }

    /// <summary>Steps done in the whole run.</summary>
    public long Step { get; set; }

    /// <summary>The sum of the losses of this epoch's steps.</summary>
    public double LossSum { get; set; }

    /// <summary>Seconds spent by the processes before this one.</summary>
    public double SecondsBefore { get; set; }

    /// <summary>Goes on to the next epoch.</summary>
    public void NextEpoch()
    {
        Epoch++;
        (Batch, LossSum) = (0, 0);
    }

    /// <summary>Every whole epoch.</summary>
    public List<EpochReport> History { get; } = [];
}
