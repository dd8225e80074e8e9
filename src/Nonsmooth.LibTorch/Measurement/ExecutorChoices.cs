using Nonsmooth.Compiled;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Measurement;

/// <summary>Which executor to run a program with, libtorch's among them.</summary>
public static class ExecutorChoices
{
    /// <summary>What a program takes with libtorch's plan, in f32; the other executors are priced in f64.</summary>
    /// <param name="machine">What libtorch's kernels take.</param>
    /// <param name="program">The program; it is planned, and not run.</param>
    public static ExecutorPrice Price(this MachineModel machine, Program program)
    {
        ArgumentNullException.ThrowIfNull(machine);
        var nodes = machine.Predict(program);
        return new(Executor.LibTorch, machine.SecondsPerPlan + (nodes.Count * machine.SecondsPerPlannedNode), nodes.Sum(n => n.Seconds), []);
    }

    /// <summary>The executor that a program's runs take least time with, the time to make it ready included.</summary>
    /// <param name="machine">What this machine takes.</param>
    /// <param name="program">The program.</param>
    /// <param name="runs">How often it runs.</param>
    public static ExecutorChoice Choose(this MachineModel machine, Program program, long runs)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return machine.Executors is { } executors
            ? executors.Choose(program, runs, machine.Price(program))
            : throw new NonsmoothException("the machine model has times of libtorch only: calibrate again");
    }
}
