using System.Globalization;
using Nonsmooth.Bench.Onnx;
using Nonsmooth.Data;
using Nonsmooth.Data.Arrays;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.ModelFiles;
using Nonsmooth.Training.Recipes;

namespace Nonsmooth.Bench.Cost;

/// <summary>The peak of a step that trains an adapter on a folder of GPT-2's size, predicted and measured: the network's weights as they lie in the file, 16 bytes an adapter's number, and what the step keeps.</summary>
internal static class AdapterMemory
{
    private const double Mebi = 1 << 20;
    private const int Examples = 12;
    private const int Tokens = 64;

    public static int Run(string[] args)
    {
        if (args is ["child", var name, var network, var text])
        {
            return Child(name, network, text);
        }

        foreach (var type in (StoredType[])[StoredType.F32, StoredType.BF16])
        {
            var folder = Directory.CreateTempSubdirectory("nonsmooth-adapter-");
            try
            {
                Gpt2Folder.Write(folder.FullName, type);
                long[] ids = [.. Enumerable.Range(0, Examples * Tokens).Select(i => i * 37L % Gpt2Folder.Vocabulary)];
                Numpy.Write(Path.Combine(folder.FullName, "tokens.npz"), [KeyValuePair.Create("input_ids", StoredTensor.Of<long>(ids, Examples, Tokens)), KeyValuePair.Create("target", StoredTensor.Of<long>(ids, Examples, Tokens))]);
                foreach (string adapter in (string[])["r=8,targets=c_attn", "r=64,targets=all-linear"])
                {
                    Console.WriteLine(MemoryChild.Text("adapter-memory", "child", type.Name(), folder.FullName, adapter));
                }
            }
            finally
            {
                folder.Delete(true);
            }
        }

        return 0;
    }

    private static int Child(string name, string network, string adapter)
    {
        var recipe = new Recipe
        {
            Network = network, Data = Path.Combine(network, "tokens.npz"), Adapter = new AdapterRequest(adapter), BatchSize = 1, Optimizer = "adamw", Threads = 1, Epochs = 1,
        };
        MemoryChild.WarmUp();
        GC.Collect();
        using var resident = new ResidentMemory();
        long before = resident.Now;
        resident.Reset();
        using var session = new Session(recipe.Options(recipe.Load(DataLocations.None)));
        session.Step();
        session.Step();
        long measured = resident.Most - before;
        var programs = session.Model.Build(1);
        var predicted = MemoryPrediction.Of(programs.Gradient(), options: new ExecutionOptions { ConvertedWhereRead = programs.Narrow });
        Console.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-5} {adapter,-24}: weights {predicted.Frozen / Mebi,6:F1} MiB, {session.ParameterCount,8} numbers of the adapter at 16 bytes {(predicted.Parameters + predicted.Gradients + predicted.OptimizerState) / Mebi,5:F1}, predicted {predicted.ProcessPeak / Mebi,6:F1}, measured {measured / Mebi,6:F1} MiB, error {((double)predicted.ProcessPeak / measured) - 1,6:P1}"));
        return 0;
    }
}
