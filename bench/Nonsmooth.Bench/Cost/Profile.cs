using System.Globalization;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Bench.Cost;

/// <summary>Where a network's gradient spends its time, function by function.</summary>
internal static class Profile
{
    public static int Run(string[] args)
    {
        LibTorchMemory.KeepFreed();
        LibTorchThreads.Count = 1;
        var network = Models.Find(args[0]).Build(int.Parse(args[1], CultureInfo.InvariantCulture));
        var executor = new LibTorchExecutor(new ExecutionOptions
        {
            Precision = args.Contains("bf16") ? Precision.BFloat16 : Precision.Float32,
            Fused = !args.Contains("plain"),
        });
        foreach (var program in new[] { network.Objective, network.Gradient() })
        {
            using var compiled = executor.Compile(program);
            var inputs = SampleInputs.Of(program);
            var timer = new ProgramTimer(compiled, inputs);
            timer.WarmUp();
            for (int i = 0; i < 7; i++)
            {
                timer.Run();
            }

            var time = timer.Result();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{args[0]}: undisturbed {1e3 * time.Undisturbed:F1} ms, least {1e3 * time.Least:F1}, median {1e3 * time.Median:F1}; host {string.Join(' ', compiled.HostNodes)}"));
            foreach (var group in time.Nodes.GroupBy(n => (n.Function, n.Backward)).OrderByDescending(g => g.Sum(n => n.Least)).Take(14))
            {
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {group.Key.Function,-22} {(group.Key.Backward ? "backward" : "forward"),-9} {group.Count(),5} {1e3 * group.Sum(n => n.Least),9:F2} ms"));
            }
        }

        return 0;
    }
}
