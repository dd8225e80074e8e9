using Nonsmooth.Cli.Training;

namespace Nonsmooth.Cli.Quickstart;

/// <summary>What the quickstart found.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Data">The data set's name.</param>
/// <param name="Seed">The seed of everything random.</param>
/// <param name="Batch">Examples in a step.</param>
/// <param name="Cost">What a gradient was predicted to cost, and did.</param>
/// <param name="Kinks">How often training met kinks, by format.</param>
/// <param name="Runs">One training run an optimizer.</param>
/// <param name="Folder">Where the files are.</param>
/// <param name="Seconds">Time of the whole.</param>
internal sealed record QuickstartReport(
    string Network,
    string Data,
    ulong Seed,
    int Batch,
    GradientCost Cost,
    IReadOnlyList<KinkSummary> Kinks,
    IReadOnlyList<TrainReport> Runs,
    string Folder,
    double Seconds);

/// <summary>The cost of a loss and its gradient, in costs of the loss alone.</summary>
/// <param name="Bound">The theorem's bound ω_b.</param>
/// <param name="Unit">In the unit model, by Algorithm 2.</param>
/// <param name="Counted">By counting the operations of the programs as built.</param>
/// <param name="Measured">By the clock.</param>
/// <param name="ForwardSeconds">Median time of the loss.</param>
/// <param name="GradientSeconds">Median time of the loss and its gradient.</param>
internal sealed record GradientCost(
    double Bound, double Unit, double Counted, double Measured, double ForwardSeconds, double GradientSeconds);

/// <summary>The kinks that a training run met.</summary>
/// <param name="Precision">The format of its arithmetic.</param>
/// <param name="Roundoff">The largest relative error of one rounding to that format.</param>
/// <param name="Batches">Batches looked at.</param>
/// <param name="ReluUnits">Inputs of ReLU.</param>
/// <param name="ReluAtKink">Those exactly 0.</param>
/// <param name="ReluActive">Those of them that a nonzero cotangent reached.</param>
/// <param name="PoolWindows">Max-pooling windows.</param>
/// <param name="PoolTied">Those whose maximum is attained more than once.</param>
/// <param name="PoolActive">Those of them that a nonzero cotangent reached.</param>
/// <param name="Differences">What other selections do to the gradient.</param>
internal sealed record KinkSummary(
    string Precision,
    double Roundoff,
    int Batches,
    long ReluUnits,
    long ReluAtKink,
    long ReluActive,
    long PoolWindows,
    long PoolTied,
    long PoolActive,
    IReadOnlyList<SelectionDifference> Differences);
