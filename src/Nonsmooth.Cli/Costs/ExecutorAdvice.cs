using Nonsmooth.Compiled;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Cli.Costs;

/// <summary>What each executor is predicted to take for value and gradient, and which takes least for so many runs.</summary>
/// <param name="Runs">How often value and gradient run.</param>
/// <param name="Best">The executor that takes least, its time to get ready included.</param>
/// <param name="Prices">Those that can run it.</param>
internal sealed record ExecutorAdvice(long Runs, string Best, IReadOnlyList<ExecutorTimes> Prices)
{
    /// <summary>Prices a network's gradient.</summary>
    public static ExecutorAdvice Of(MachineModel machine, NetworkProgram programs, Prediction prediction, long runs)
    {
        var choice = machine.Choose(programs.Gradient(), runs);
        return new(runs, Name(choice.Best),
        [
            .. choice.Prices.Select(p => new ExecutorTimes(
                Name(p.Executor),
                1e3 * p.Making,
                1e3 * (p.Executor == Executor.LibTorch ? prediction.Forward : machine.Executors!.Price(programs.Objective, p.Executor)!.Run),
                1e3 * p.Run,
                p.Uncounted)),
        ]);
    }

    private static string Name(Executor executor) => executor.ToString().ToLowerInvariant();
}

/// <summary>What an executor is predicted to take, in milliseconds.</summary>
/// <param name="Executor">The executor.</param>
/// <param name="Making">Making the gradient ready.</param>
/// <param name="Value">The value alone.</param>
/// <param name="Gradient">Value and gradient.</param>
/// <param name="Uncounted">Functions without a count: what they take is missing in the times.</param>
internal sealed record ExecutorTimes(string Executor, double Making, double Value, double Gradient, IReadOnlyList<string> Uncounted);
