using Nonsmooth.Compiled;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Measurement;

/// <summary>Which executor to run a program with, libtorch's among them.</summary>
public static class ExecutorChoices
{
    // Measured beside other work: `Nonsmooth.Bench executors`.
    private const double PlanningANode = 4e-5;

    /// <summary>The executor that a program's runs take least time with, by what kernels take on this machine.</summary>
    /// <param name="model">What the interpreter and compiled programs take.</param>
    /// <param name="program">The program.</param>
    /// <param name="runs">How often it runs.</param>
    /// <param name="machine">What libtorch's kernels take, in f32; the others are priced in f64.</param>
    public static ExecutorChoice Choose(this ExecutorModel model, Program program, long runs, MachineModel machine)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(machine);
        var nodes = machine.Predict(program);
        return model.Choose(program, runs, (nodes.Count * PlanningANode, nodes.Sum(n => n.Seconds)));
    }
}
