using System.Globalization;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Bench.Cost;

/// <summary>How often the cheap gradient check names a node of a clean network: each is an alarm for nothing.</summary>
internal static class FalseAlarms
{
    private static readonly (string Name, int Batch)[] _networks =
        [("lenet5", 128), ("vgg11-bn-cifar", 32), ("resnet18-cifar", 16), ("densenet121-cifar", 8), ("gpt-mini", 2)];

    public static int Run(string[] args)
    {
        LibTorchThreads.Count = 1;
        int runs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
        int repeats = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
        var options = new MeasurementOptions { WarmUps = 1, Repeats = repeats, Clock = ThreadClock.Instance };
        int alarms = 0;
        foreach (var (name, batch) in _networks)
        {
            var network = Models.Find(name).Build(batch);
            var (objective, gradient) = (network.Objective, network.Gradient());
            for (int run = 1; run <= runs; run++)
            {
                var measured = Measurement.Of(objective, gradient, options);
                var violations = CheapGradientCheck.Find(objective, gradient, measured);
                alarms += violations.Count;

                // Under no tolerance at all, the greatest ratio is what says how far from an alarm the network is.
                var greatest = CheapGradientCheck.Find(objective, gradient, measured, options: new CheapGradientOptions { Tolerance = 0 })[0];
                Print($"{name} batch {batch} run {run}: {objective.Nodes.Count} nodes, {violations.Count} violations; greatest ratio {greatest.Ratio:F1} of {greatest.Node} against {greatest.Bound * new CheapGradientOptions().Tolerance:F0}");
                foreach (var violation in violations)
                {
                    Print($"    {violation}");
                }
            }
        }

        Print($"{alarms} false alarms in {_networks.Length} networks × {runs} runs");
        return alarms == 0 ? 0 : 1;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
