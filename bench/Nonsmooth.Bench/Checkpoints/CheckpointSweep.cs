using System.Globalization;
using Nonsmooth.Checkpointing;
using Nonsmooth.Differentiation;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Randomness;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Bench.Checkpoints;

// The class of the top-level statements would hide it.
using Program = Nonsmooth.Programs.Program;

/// <summary>Twenty shrinking budgets: planned and measured peak, planned and measured extra time, same gradients.</summary>
internal static class CheckpointSweep
{
    private const int Repeats = 7;

    public static int Run(string[] args)
    {
        string name = args.Length > 0 ? args[0] : "vgg11-bn-cifar";
        int batch = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 16;
        LibTorchMemory.KeepFreed();
        LibTorchThreads.Count = 1;
        var machine = MachineModel.Calibrate(new CalibrationOptions { File = null });
        var network = Models.Find(name).Build(batch);
        var objective = network.Objective;
        var backprop = new BackpropOptions { WithRespectTo = [.. network.Parameters.Select(p => p.Name)] };
        var options = new CheckpointOptions { Backprop = backprop };
        var plain = objective.Backprop(backprop);
        var inputs = plain.Inputs.Select(i => Input(i.Name, plain.Types[i.Value])).ToArray();
        var (reference, most) = Measure(plain, inputs);
        double plainPrediction = machine.Predict(plain).Sum(n => n.Seconds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name} batch {batch}: {most / 1048576.0:F1} MiB without checkpoints, predicted {1e3 * plainPrediction:F0} ms"));
        var frontier = CheckpointPlanner.Frontier(objective, options);
        long least = frontier.Min(p => p.Memory.Peak);
        long last = long.MaxValue;
        string? shown = null;
        for (int i = 0; i < 20; i++)
        {
            long budget = most - ((most - least) * i / 19);
            var plan = CheckpointPlanner.Plan(objective, options with { MemoryBudget = budget });
            string key = $"{plan.Memory.Peak} {plan.Extra.Total}";
            if (key == shown)
            {
                continue;
            }

            shown = key;
            var (gradient, peak) = Measure(plan.Gradient, inputs);
            bool same = reference.Zip(gradient).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));
            double predicted = machine.Predict(plan.Gradient).Sum(n => n.Seconds) - plainPrediction;
            double extra = Extra(plain, plan.Gradient, inputs);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"budget {budget / 1048576.0:F1}: planned {plan.Memory.Peak / 1048576.0:F1}, measured {peak / 1048576.0:F1} MiB ({peak / (double)budget:F3}), extra {1e3 * extra:F1} ms, predicted {1e3 * predicted:F1} ({(predicted / extra) - 1:P1}); {(same ? "same bits" : "OTHER BITS")}{(peak > last ? " RISES" : "")}"));
            last = peak;
        }

        return 0;
    }

    private static (byte[][] Outputs, long Peak) Measure(Program program, TorchTensor[] inputs)
    {
        using var compiled = new LibTorchExecutor().Compile(program);
        long peak = 0;
        compiled.Observer = (_, run) => peak = Math.Max(peak, run.LiveBytes);
        var outputs = compiled.Call(inputs);
        var bytes = outputs.Select(o => System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(o.ToArray<float>()).ToArray()).ToArray();
        foreach (var output in outputs)
        {
            output.Dispose();
        }

        compiled.Observer = null;
        return (bytes, peak);
    }

    // The thread's own time, each node's least, the two in turns: what else the machine does matters little.
    private static double Extra(Program plain, Program checkpointed, TorchTensor[] inputs)
    {
        var executor = new LibTorchExecutor();
        using var first = executor.Compile(plain);
        using var second = executor.Compile(checkpointed);
        ProgramTimer[] timers = [new(first, inputs, ThreadClock.Instance), new(second, inputs, ThreadClock.Instance)];
        for (int i = 0; i < Repeats; i++)
        {
            foreach (var timer in timers)
            {
                timer.Run();
            }
        }

        return timers[1].Result().Undisturbed - timers[0].Result().Undisturbed;
    }

    private static TorchTensor Input(string name, TensorType type)
    {
        long[] sizes = [.. type.Shape.Select(s => (long)s)];
        if (type.Kind == ElementKind.Index)
        {
            return TorchTensor.FromSpan<long>(Enumerable.Range(0, type.Shape.Elements).Select(i => i % 10L).ToArray(), sizes);
        }

        var values = new float[type.Shape.Elements];
        new CounterRandom(3).Derive(name).FillNormal(values.AsSpan());
        for (int i = 0; i < values.Length; i++)
        {
            values[i] *= 0.05f;
        }

        return TorchTensor.FromSpan<float>(values, sizes);
    }
}
