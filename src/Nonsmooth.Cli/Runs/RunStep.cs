namespace Nonsmooth.Cli.Runs;

/// <summary>A line of <c>steps.csv</c>.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Seconds">Time the run has taken.</param>
/// <param name="Loss">The mean loss of the steps since the line before.</param>
/// <param name="Phases">Where their time went.</param>
internal sealed record RunStep(long Step, double Seconds, double Loss, RunPhases Phases);
