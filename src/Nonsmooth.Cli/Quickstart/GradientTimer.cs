using Nonsmooth.Cost;
using Nonsmooth.Data;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Training.Audits;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Cli.Quickstart;

/// <summary>Predicts, counts and times a gradient.</summary>
internal static class GradientTimer
{
    private const int _warmups = 3;
    private const int _repeats = 25;

    /// <summary>The cost of the gradient of a network's loss on one batch of the data.</summary>
    public static GradientCost Measure(Model network, Dataset data, int batch, ulong seed, int threads, TimeProvider time)
    {
        using var subject = new NetworkSubject(network, data.Train, new() { Batch = batch, Seed = seed });
        var (programs, gradient) = (subject.Program, subject.Program.Gradient());
        var model = new UnitModel(1);
        var executor = new LibTorchExecutor();
        using var use = LibTorchThreads.Use(threads);
        using var forward = executor.Compile(programs.Objective);
        using var backward = executor.Compile(gradient);
        TorchTensor[] inputs = [.. subject.Inputs(0, 0)];

        // Turn by turn, so that whatever else the machine does slows both.
        var seconds = new List<(double Forward, double Gradient)>();
        for (int i = 0; i < _warmups + _repeats; i++)
        {
            seconds.Add((Time(forward, inputs, time), Time(backward, inputs, time)));
        }

        double loss = Median(seconds.Skip(_warmups).Select(s => s.Forward));
        double both = Median(seconds.Skip(_warmups).Select(s => s.Gradient));
        return new GradientCost(
            model.Bound(programs.Objective, 1).OmegaB,
            model.Backprop(programs.Objective) / model.Cost(programs.Objective),
            (double)gradient.Count().Total / programs.Objective.Count().Total,
            both / loss,
            loss,
            both);
    }

    private static double Time(CompiledProgram program, TorchTensor[] inputs, TimeProvider time)
    {
        long begun = time.GetTimestamp();
        program.Run(inputs);
        return time.GetElapsedTime(begun).TotalSeconds;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
