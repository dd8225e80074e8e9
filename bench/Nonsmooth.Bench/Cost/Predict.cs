using System.Globalization;
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
        LibTorchThreads.Count = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1;
        int repeats = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 9;
        bool details = args.Length > 1 && args[1] == "details";
        var machine = MachineModel.Calibrate(new CalibrationOptions { File = null });
        Print($"calibrated in {machine.CalibrationSeconds:F1} s, {machine.Rounds} rounds: {machine.Kernels.Count} kinds; optimizer {1e-9 / machine.SecondsPerStreamedByte:F1} GB/s");
        Print($"{"",-18} {"forward ms",21} {"fwd+bwd ms",21} {"error",7} {"ratio",13} {"error",7}   least, median of runs");
        var errors = new List<double>();
        var stepErrors = new List<double>();
        foreach (var (name, batch) in _networks)
        {
            var network = Models.Find(name).Build(batch);
            var (objective, gradient) = (network.Objective, network.Gradient());
            var predicted = Prediction.Of(machine, objective, gradient);
            var measured = Measurement.Of(objective, gradient, new MeasurementOptions { Repeats = repeats, WarmUps = 1 });
            var (forward, both) = (measured.Objective, measured.Gradient);
            double ratio = both.Undisturbed / forward.Undisturbed;
            double error = (predicted.ForwardAndBackward / both.Undisturbed) - 1;
            errors.Add(Math.Abs(error));
            Print($"{name,-18} {1e3 * predicted.Forward,10:F2} {1e3 * forward.Undisturbed,10:F2} {1e3 * predicted.ForwardAndBackward,10:F2} {1e3 * both.Undisturbed,10:F2} {error,7:P1} {predicted.Ratio,6:F2} {ratio,6:F2} {(predicted.Ratio / ratio) - 1,7:P1}   {1e3 * both.Least:F1}, {1e3 * both.Median:F1}");
            if (LibTorchThreads.Count == 1)
            {
                var step = StepTime.Of(name, batch, repeats);
                double off = (predicted.Step / step.Least) - 1;
                stepErrors.Add(Math.Abs(off));
                Print($"{"",-18} step {1e3 * predicted.Step:F2} ms predicted, of it the optimizer {1e3 * predicted.Optimizer:F2}; measured least {1e3 * step.Least:F2} (error {off:P1}), median {1e3 * step.Median:F2} (error {(predicted.Step / step.Median) - 1:P1}), optimizer {1e3 * step.Optimizer:F2}");
            }

            foreach (var violation in CheapGradientCheck.Find(objective, gradient, measured, machine))
            {
                Print($"    violation: {violation}");
            }

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
        if (stepErrors.Count > 0)
        {
            Print($"whole steps: mean absolute error {stepErrors.Average():P1}, worst {stepErrors.Max():P1}");
        }

        return 0;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
