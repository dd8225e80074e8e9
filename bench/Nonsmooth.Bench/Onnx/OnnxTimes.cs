using System.Diagnostics;
using System.Globalization;
using Nonsmooth.Bench.Claims;
using Nonsmooth.Bench.Kernels;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Onnx.Import;
using Nonsmooth.Onnx.Runtime.Tests;
using Nonsmooth.Tensors;

namespace Nonsmooth.Bench.Onnx;

/// <summary>
/// Values of the models in a folder, by name those of the tests of imported models: the imported program by libtorch beside ONNX Runtime, in
/// turns, one thread each, by that thread's own time; and how long the largest takes to be read and imported. With the
/// name of one, where its time goes.
/// </summary>
internal static class OnnxTimes
{
    public static int Run(string[] args)
    {
        if (args.Length == 0 || !Directory.Exists(args[0]))
        {
            Console.Error.WriteLine("usage: Nonsmooth.Bench onnx FOLDER [ROUNDS [FILE]]");
            return 2;
        }

        int rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 21;
        LibTorchLibrary.Load();
        LibTorchThreads.Count = 1;
        var ratios = new List<double>();
        foreach (var model in RealModels.All.Where(m => args.Length < 3 || m.File == args[2]))
        {
            if (Directory.EnumerateFiles(args[0], model.File, SearchOption.AllDirectories).FirstOrDefault() is not { } path)
            {
                Console.WriteLine($"{model.File}: not there");
                continue;
            }

            var (ours, theirs) = Time(model, path, rounds, args.Length > 2);
            ratios.Add(ours / theirs);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{model.File,-36} ours {ours * 1e3,9:F3} ms, ONNX Runtime {theirs * 1e3,9:F3} ms, ratio {ours / theirs:F2}"));
        }

        if (ratios.Count > 0)
        {
            Taken.Note("onnx/geometric mean", Math.Exp(ratios.Average(Math.Log)), 1, low: ratios.Min(), high: ratios.Max());
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"geometric mean of {ratios.Count} ratios {Math.Exp(ratios.Average(Math.Log)):F2}, largest {ratios.Max():F2}"));
        }

        if (args.Length < 3 && Directory.EnumerateFiles(args[0], "ResNet18.onnx", SearchOption.AllDirectories).FirstOrDefault() is { } largest)
        {
            double[] loads = [.. Enumerable.Range(0, 5).Select(_ => Loading(largest))];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ResNet18.onnx read and imported: first {loads[0] * 1e3:F0} ms, median {loads.Order().ElementAt(2) * 1e3:F0} ms"));
        }

        return 0;
    }

    private static (double Ours, double Theirs) Time(RealModel model, string path, int rounds, bool details)
    {
        var imported = OnnxImport.Import(OnnxFile.Read(path), model.Options);
        var inputs = imported.Inputs.Select((input, i) => (input.Name, Value: model.Strokes ? Values.Strokes(input.Type.Shape) : Values.Draw(input.Type, (ulong)i, model.Range.Low, model.Range.High)))
            .Concat(imported.Weights.Select(w => (w.Name, Value: new Values(w.Elements, w.Initializer.Shape))))
            .Concat(model.Values.Select(v => (Name: v.Input, Value: new Values(new[] { v.Value }, Shape.Scalar))))
            .ToDictionary(p => p.Name, p => p.Value);
        using var compiled = new LibTorchExecutor(new ExecutionOptions { Fixed = [.. imported.Weights.Select(w => w.Name)] }).Compile(imported.Program);
        TorchTensor[] arguments = [.. imported.Program.Inputs.Select(i => TorchSide.Load(inputs[i.Name], Precision.Float32))];
        using var session = new RuntimeSide(path);
        var fed = session.Feed(inputs);
        double[] seconds = Clock.Medians(ThreadClock.Steadiest, rounds, () => compiled.Run(arguments), () => session.RunOnly(fed));
        if (details)
        {
            var timer = new ProgramTimer(compiled, arguments);
            timer.WarmUp();
            for (int round = 0; round < 7; round++)
            {
                timer.Run();
            }

            var time = timer.Result();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{model.File}: undisturbed {1e3 * time.Undisturbed:F3} ms; on the host: {string.Join(' ', compiled.HostNodes)}"));
            foreach (var group in time.Nodes.GroupBy(n => n.Function).OrderByDescending(g => g.Sum(n => n.Least)).Take(9))
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {group.Key,-22} {group.Count(),5} {1e3 * group.Sum(n => n.Least),9:F3} ms"));
            }

            foreach (var (node, i) in time.Nodes.Select((n, i) => (n, i)).OrderByDescending(p => p.n.Least).Take(9))
            {
                var types = compiled.Program.ArgumentTypes(compiled.Program.Nodes[i]);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {node.Function} {string.Join(", ", types)} {1e3 * node.Least:F3} ms"));
            }
        }

        Array.ForEach(arguments, a => a.Dispose());
        return (seconds[0], seconds[1]);
    }

    private static double Loading(string path)
    {
        long start = Stopwatch.GetTimestamp();
        var imported = OnnxImport.Import(OnnxFile.Read(path));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return imported.Weights.Count > 0 ? seconds : throw new InvalidOperationException("no weights");
    }
}
