using Nonsmooth.Cost;
using Nonsmooth.Data;
using Nonsmooth.LibTorch;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Training.Engine;
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
        var programs = network.Build(batch);
        var gradient = programs.Gradient();
        var model = new UnitModel(1);
        var executor = new LibTorchExecutor();
        LibTorchThreads.Count = threads;
        using var forward = executor.Compile(programs.Objective);
        using var backward = executor.Compile(gradient);
        using var parameters = new ParameterSet(programs.Parameters, seed);
        using var images = TorchTensor.Empty([batch, network.Input.Channels, network.Input.Height, network.Input.Width]);
        using var targets = TorchTensor.Empty([batch], TorchDtype.Int64);
        data.Train.Fill([.. Enumerable.Range(0, batch)], images.AsSpan<float>(), targets.AsSpan<long>());
        TorchTensor[] inputs = [images, targets, .. parameters.Tensors];

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
