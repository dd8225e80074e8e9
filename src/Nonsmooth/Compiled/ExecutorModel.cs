using Nonsmooth.Cost;
using Nonsmooth.Programs;

namespace Nonsmooth.Compiled;

/// <summary>What the interpreter and compiled programs take on this machine, in f64: times of programs follow from their types, nothing runs.</summary>
/// <remarks>What is predicted is the steady time, after the runtime has compiled the code that is called often for a second time.</remarks>
/// <param name="Interpreter">Of the interpreter.</param>
/// <param name="Tape">Of compiled programs without machine code.</param>
/// <param name="Compiled">Of compiled programs.</param>
public sealed record ExecutorModel(ExecutorRates Interpreter, ExecutorRates Tape, ExecutorRates Compiled)
{
    /// <summary>Measures this machine.</summary>
    /// <param name="budget">No further round of measurements begins after so long, but twelve are made unless it is zero; two seconds without one.</param>
    /// <param name="clock">The clock of programs; the system's without one. A thread's own clock is steadier.</param>
    /// <param name="wall">The clock of the budget; the system's without one.</param>
    public static ExecutorModel Calibrate(TimeSpan? budget = null, TimeProvider? clock = null, TimeProvider? wall = null) =>
        ExecutorCalibration.Run(budget ?? TimeSpan.FromSeconds(2), clock ?? TimeProvider.System, wall ?? TimeProvider.System);

    /// <summary>What a program takes on an executor of this library; null where it cannot run it, since a compiled program's memory has at most 2³¹ numbers.</summary>
    /// <param name="program">The program.</param>
    /// <param name="executor">The executor, not libtorch.</param>
    public ExecutorPrice? Price(Program program, Executor executor)
    {
        ArgumentNullException.ThrowIfNull(program);
        if (executor != Executor.Interpreter && program.Types.Sum(t => (double)t.Shape.Count64) > int.MaxValue)
        {
            return null;
        }

        var rates = Rates(executor);
        var work = ProgramWork.Of(program, executor);
        double run = ExecutorRates.Seconds(rates.Running, work.Amounts) + ExecutorRates.Seconds(Interpreter.Running, work.Interpreted);
        return new(executor, ExecutorRates.Seconds(rates.Making, work.Amounts), run, work.Uncounted);
    }

    /// <summary>The executor that a program's runs take least time with, the time to make it ready included.</summary>
    /// <param name="program">The program.</param>
    /// <param name="runs">How often it runs.</param>
    /// <param name="libtorch">What it takes with libtorch; null where that is not there.</param>
    public ExecutorChoice Choose(Program program, long runs, ExecutorPrice? libtorch = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(runs);
        ExecutorPrice[] prices = [.. new[] { Price(program, Executor.Interpreter), Price(program, Executor.Tape), Price(program, Executor.Compiled), libtorch }.OfType<ExecutorPrice>()];
        return new(prices.MinBy(p => p.Total(runs))!.Executor, prices);
    }

    /// <summary>The price of running a program so often compiled, as <see cref="ModeOptions.ProgramPrice"/> wants it.</summary>
    public double Price(Program program, long times) => times * (Price(program, Executor.Compiled)?.Run ?? double.PositiveInfinity);

    private ExecutorRates Rates(Executor executor) => executor switch
    {
        Executor.Interpreter => Interpreter,
        Executor.Tape => Tape,
        Executor.Compiled => Compiled,
        _ => throw new NonsmoothException($"{executor} is priced by the machine model of its own: give that to Choose"),
    };
}
