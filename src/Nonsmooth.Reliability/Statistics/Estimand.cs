namespace Nonsmooth.Reliability.Statistics;

/// <summary>What a percentage is a percentage of, which decides what is independent and so which interval it has.</summary>
public enum Estimand
{
    /// <summary>
    /// Of the batches of one partition of the data, at parameters that are given. Those run are drawn from it without replacement:
    /// a finite population, known exactly where all are run.
    /// </summary>
    BatchesGivenParameters,

    /// <summary>
    /// Of the batches of the partition, in the mean over draws of the parameters. Draws are independent; batches of one
    /// draw share its parameters and are not.
    /// </summary>
    BatchesOverParameters,

    /// <summary>Of draws of the parameters: those with some affected batch. Draws are independent, one bit each.</summary>
    DrawsWithAffectedBatch,
}
