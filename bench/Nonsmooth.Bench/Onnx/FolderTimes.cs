using System.Diagnostics;
using System.Globalization;
using Nonsmooth.Bench.Claims;
using Nonsmooth.Bench.Kernels;
using Nonsmooth.Data.Arrays;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Onnx.Export;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Onnx.Runtime.Tests;
using Nonsmooth.Pretrained.HuggingFace;
using Nonsmooth.Tensors;

namespace Nonsmooth.Bench.Onnx;

/// <summary>
/// A folder of GPT-2's size: how long it takes to be opened and its weights to be at hand, and the value of 1 × 64 tokens beside ONNX Runtime on our own export, in turns,
/// one thread each, by that thread's own time.
/// </summary>
internal static class FolderTimes
{
    private const int Tokens = 64;

    public static int Run(string[] args)
    {
        int rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 21;
        LibTorchLibrary.Load();
        LibTorchThreads.Count = 1;
        var folder = Directory.CreateTempSubdirectory("nonsmooth-folder-");
        try
        {
            Gpt2Folder.Write(folder.FullName, StoredType.F32);
            double[] loads = [.. Enumerable.Range(0, 7).Select(_ => Loading(folder.FullName))];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"opened, its {Imported(folder.FullName).Weights.Sum(w => w.Shape.Count64):N0} weights as arrays: first {loads[0] * 1e3:F0} ms, median {loads.Order().ElementAt(3) * 1e3:F0} ms"));
            Value(folder.FullName, rounds);
            return 0;
        }
        finally
        {
            folder.Delete(true);
        }
    }

    private static FolderProgram Imported(string folder) => HuggingFaceFolder.Open(folder).Import(new Dictionary<string, IReadOnlyList<int>> { ["input_ids"] = [1, Tokens] });

    private static double Loading(string folder)
    {
        long start = Stopwatch.GetTimestamp();
        long numbers = Imported(folder).Weights.Sum(w => (long)w.Elements.Length);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return numbers > 0 ? seconds : throw new InvalidOperationException("no weights");
    }

    private static void Value(string folder, int rounds)
    {
        var imported = Imported(folder);
        var weights = imported.Weights.ToDictionary(w => w.Name, w => Tensor.Of(w.Shape, w.Elements), StringComparer.Ordinal);
        string file = Path.Combine(folder, "exported.onnx");
        OnnxFile.Write(OnnxExport.Export(imported.Program, new OnnxExportOptions { Name = "gpt2", Weights = weights.ToDictionary(w => w.Key, w => (Tensor)w.Value, StringComparer.Ordinal) }), file);
        long[] tokens = [.. Enumerable.Range(0, Tokens).Select(i => i * 7919L % Gpt2Folder.Vocabulary)];
        using var compiled = new LibTorchExecutor().Compile(imported.Program);
        TorchTensor[] arguments = [TorchTensor.FromArray(tokens, new Shape(1, Tokens)), .. imported.Weights.Select(w => TorchTensor.FromArray(weights[w.Name].Elements, w.Shape))];
        using var session = new RuntimeSide(file);
        var inputs = new Dictionary<string, Values> { ["input_ids"] = new(tokens, new Shape(1, Tokens)) };
        var fed = session.Feed(inputs);
        double apart = Nonsmooth.Onnx.Runtime.Tests.Values.Apart(Array.ConvertAll(compiled.Call(arguments)[0].ToArray<float>(), x => (double)x), session.Run(inputs)["logits"]);
        double[] seconds = Clock.Medians(ThreadClock.Steadiest, rounds, () => compiled.Run(arguments), () => session.RunOnly(fed));
        Taken.Note("folder/value", seconds[0], seconds[1]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"value of 1x{Tokens} tokens: ours {seconds[0] * 1e3:F1} ms, ONNX Runtime {seconds[1] * 1e3:F1} ms, ratio {seconds[0] / seconds[1]:F2}; apart by {apart:G2}"));
        Array.ForEach(arguments, a => a.Dispose());
    }
}
