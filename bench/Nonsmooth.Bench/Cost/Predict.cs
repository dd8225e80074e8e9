using System.Globalization;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Bench.Cost;

/// <summary>Predicted against measured times of five networks.</summary>
internal static class Predict
{
    private static readonly (string Name, int Batch)[] _networks =
        [("lenet5", 128), ("vgg11-bn-cifar", 32), ("resnet18-cifar", 16), ("densenet121-cifar", 8), ("gpt-mini", 2)];

    public static int Run(string[] args)
    {
        LibTorchMemory.KeepFreed();
        LibTorchThreads.Count = 1;
        int repeats = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 9;
        bool details = args.Length > 1;
        var machine = MachineModel.Calibrate(new CalibrationOptions { File = null });
        Print($"calibrated in {machine.CalibrationSeconds:F1} s: {machine.Kernels.Count} kinds; optimizer {1e-9 / machine.SecondsPerStreamedByte:F1} GB/s");
        Print($"{"",-18} {"forward ms",21} {"fwd+bwd ms",21} {"error",7} {"ratio",13} {"error",7}   least, median of runs");
        var errors = new List<double>();
        foreach (var (name, batch) in _networks)
        {
            var network = NetworkRegistry.Find(name).Build(batch);
            var (objective, gradient) = (network.Objective, network.Gradient());
            var predicted = Prediction.Of(machine, objective, gradient);
            var forward = Time(objective, repeats);
            var both = Time(gradient, repeats);
            double ratio = both.Undisturbed / forward.Undisturbed;
            double error = (predicted.ForwardAndBackward / both.Undisturbed) - 1;
            errors.Add(Math.Abs(error));
            Print($"{name,-18} {1e3 * predicted.Forward,10:F2} {1e3 * forward.Undisturbed,10:F2} {1e3 * predicted.ForwardAndBackward,10:F2} {1e3 * both.Undisturbed,10:F2} {error,7:P1} {predicted.Ratio,6:F2} {ratio,6:F2} {(predicted.Ratio / ratio) - 1,7:P1}   {1e3 * both.Least:F1}, {1e3 * both.Median:F1}");
            if (details)
            {
                var rows = predicted.Gradient.Zip(both.Nodes, (p, m) => (p.Kind, p.Seconds, m.Least)).GroupBy(r => r.Kind)
                    .Select(g => (Kind: g.Key, Count: g.Count(), Predicted: g.Sum(r => r.Seconds), Measured: g.Sum(r => r.Least)));
                foreach (var (kind, count, p, m) in rows.OrderByDescending(r => Math.Abs(r.Predicted - r.Measured)).Take(8))
                {
                    Print($"    {kind,-28} {count,4} {1e3 * p,9:F2} {1e3 * m,9:F2}");
                }
            }
        }

        Print($"mean absolute error {errors.Average():P1}, worst {errors.Max():P1}");
        return 0;
    }

    private static ProgramTime Time(Programs.Program program, int repeats)
    {
        using var compiled = new LibTorchExecutor().Compile(program);
        var inputs = SampleInputs.Of(program);
        var timer = new ProgramTimer(compiled, inputs);
        timer.WarmUp();
        for (int i = 0; i < repeats; i++)
        {
            timer.Run();
        }

        foreach (var input in inputs)
        {
            input.Dispose();
        }

        return timer.Result();
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
