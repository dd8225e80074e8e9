using System.Text.Json;
using Nonsmooth.Data;
using Nonsmooth.Data.Arrays;
using Nonsmooth.Pretrained.Adapters;
using Nonsmooth.Tests.Shared;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.ModelFiles;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Recipes;
using Nonsmooth.Training.Running;

namespace Nonsmooth.Training.Tests.Engine;

/// <summary>Adapters trained on a folder's network: it is them that move, and what is written is them.</summary>
[Collection("training")]
public sealed class AdapterTrainingTests
{
    private const string New = "r=2,alpha=4,targets=c_attn,c_fc";

    [Theory]
    [InlineData(StoredType.F32)]
    [InlineData(StoredType.F16)]
    [InlineData(StoredType.BF16)]
    public void TenStepsKeepTheBitsOfTheNetwork(StoredType type)
    {
        using var folder = new TemporaryFolder();
        string network = SmallFolder.Write(folder, type);
        byte[] before = File.ReadAllBytes(Path.Combine(network, "model.safetensors"));
        var stored = SafeTensors.Read(Path.Combine(network, "model.safetensors")).Tensors;
        using var session = new Session(Options(folder, network, New));
        string[] names = [.. session.Parameters.Parameters.Select(p => p.Name)];
        Assert.Equal(4, session.Parameters.Slots.Count);
        Assert.All(session.Parameters.Slots, s => Assert.StartsWith("base_model.model.transformer.h.0.", s.Name, StringComparison.Ordinal));
        float[][] started = [.. session.Parameters.Own.Select(i => session.Parameters.Values(i).ToArray())];
        Assert.Equal(10, session.Steps().Take(10).Count());
        Assert.All(stored, tensor =>
        {
            int at = Array.IndexOf(names, tensor.Key);
            Assert.True(session.Parameters.IsHeld(at));
            Assert.Equal(tensor.Value.Bytes.ToArray(), Bytes(session.Parameters, at, tensor.Value.Bytes.Length));
        });
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(network, "model.safetensors")));
        Assert.All(session.Parameters.Own.Zip(started), p => Assert.NotEqual(p.Second, session.Parameters.Values(p.First).ToArray()));
    }

    [Fact]
    public void WhatIsTrainedIsWrittenAsPeftHasItAndGoesOnFromThere()
    {
        using var folder = new TemporaryFolder();
        string network = SmallFolder.Write(folder);
        using var run = new TrainingRun(Options(folder, network, $"{New},dora=true,save=ln_f") with { OutputFolder = folder.File("run") });
        var result = run.Train();
        Assert.DoesNotContain(SafeTensors.Read(result.Weights!).Tensors.Keys, k => k.StartsWith("transformer.", StringComparison.Ordinal));
        TrainedFile.Write(network, new AdapterRequest($"{New},dora=true,save=ln_f"), result.Weights!, folder.File("run"));
        var adapter = Adapter.Read(folder.File("run"));
        Assert.True(adapter.Config is { Rank: 2, Alpha: 4, IsDora: true, IsFanInFanOut: true });
        Assert.Equal(8, adapter.Tensors.Count);
        using var config = JsonDocument.Parse(adapter.Config.Json);
        Assert.Equal(network, config.RootElement.GetProperty("base_model_name_or_path").GetString());

        // What goes on starts where that ended, and a bound model has the loss that was reported.
        using var next = new Session(Options(folder, network, folder.File("run")));
        double loss = next.Evaluate().Loss;
        Assert.Contains(result.History, e => Math.Abs(e.TestLoss - loss) < 1e-5);
        Assert.All(next.Parameters.Own, i => Assert.Equal(adapter.Tensors[next.Parameters.Parameters[i].Name].ToSingles(), next.Parameters.Values(i).ToArray()));
    }

    [Fact]
    public void ARunThatIsResumedEndsWithTheBitsOfOneThatWasNot()
    {
        using var folder = new TemporaryFolder();
        string network = SmallFolder.Write(folder);
        TrainingOptions Of(string name, int epochs, bool resume = false) => Options(folder, network, $"{New},dropout=0.2", epochs) with { OutputFolder = folder.File(name), Resume = resume };
        byte[] Trained(params TrainingOptions[] parts)
        {
            foreach (var options in parts)
            {
                using var run = new TrainingRun(options);
                run.Train();
            }

            return [.. SafeTensors.Read(Path.Combine(parts[0].OutputFolder!, "last.safetensors")).Tensors.Where(t => t.Key.StartsWith("base_model", StringComparison.Ordinal)).OrderBy(t => t.Key, StringComparer.Ordinal).SelectMany(t => t.Value.Bytes.ToArray())];
        }

        Assert.Equal(Trained(Of("whole", 2)), Trained(Of("parts", 1), Of("parts", 2, true)));
    }

    [Fact]
    public void DropoutIsForTrainingAloneAndTheSeedDrawsTheStart()
    {
        using var folder = new TemporaryFolder();
        string network = SmallFolder.Write(folder);
        var dropped = Options(folder, network, $"{New},dropout=0.5").Network.Build(4);
        Assert.True(dropped.UsesStep);
        Assert.DoesNotContain(dropped.Evaluation.Nodes, n => n.Function.Name.Contains("dropout", StringComparison.Ordinal));
        Assert.False(Options(folder, network, New).Network.Build(4).UsesStep);
        float[] Start(ulong seed)
        {
            using var session = new Session(Options(folder, network, New) with { Seed = seed });
            return session.Parameters.Values(session.Parameters.Own.First()).ToArray();
        }

        Assert.Equal(Start(1), Start(1));
        Assert.NotEqual(Start(1), Start(2));
    }

    [Theory]
    [InlineData("gpt2_c_attn", "gpt2", 7)]
    [InlineData("gpt2_bias_lora_only", "gpt2", 21)]
    [InlineData("gpt2_rslora_all", "gpt2", 19)]
    [InlineData("llama_qv", "llama", 11)]
    [InlineData("llama_dora", "llama", 21)]
    [InlineData("llama_save_head", "llama", 12)]
    public void AdaptersHoldAgainstTheirRecordings(string name, string model, int tensors)
    {
        string data = Path.Combine(SharedData.FolderOrSkip("models"), "models"), adapter = Path.Combine(data, "peft", name);
        var binding = new Binding { Arrays = Numpy.Read(adapter + ".npz"), Adapter = new AdapterRequest(adapter) };
        var comparison = ModelComparison.Of(NetworkBinding.Bind(Path.Combine(data, "hf", model), binding), binding, new Dictionary<string, string>(), null, new ModelRunOptions());
        Assert.All(comparison.Tensors, t => Assert.True(t.Holds, $"{t.Name}: {t.Difference} of {t.Allowed}"));
        Assert.Equal(tensors, comparison.Tensors.Count);
        Assert.Equal(["y_base", "y_merged"], comparison.NotCompared.Select(n => n.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void WhatTakesNoAdapterSaysSo()
    {
        using var folder = new TemporaryFolder();
        var adapter = new AdapterRequest(New);
        string file = SmallFile.Write(folder, 2, 3);
        foreach (Action use in (Action[])
        [
            () => NetworkBinding.Bind("lenet5", new Binding { Adapter = adapter }),
            () => NetworkBinding.Bind(file, new Binding { Adapter = adapter }),
            () => Models.Find(file, new NetworkSettings { File = new FileSettings { Adapter = adapter } }),
            () => new Recipe { Network = "lenet5", Adapter = adapter }.Model(Models.Find("lenet5").Examples),
            () => adapter.Merge(file, folder.File("merged")),
        ])
        {
            string message = Assert.ThrowsAny<NonsmoothException>(use).Message;
            Assert.True(message.Contains("adapters are for HuggingFace's folders", StringComparison.Ordinal) || message.Contains("still to be trained", StringComparison.Ordinal), message);
        }
    }

    private static TrainingOptions Options(TemporaryFolder folder, string network, string adapter, int epochs = 2)
    {
        var recipe = new Recipe
        {
            Network = network, Data = SmallFolder.Tokens(folder), Adapter = new AdapterRequest(adapter), BatchSize = 4, Epochs = epochs, Rate = 0.01, Optimizer = "adamw", Threads = 1,
        };
        return recipe.Options(recipe.Load(new DataLocations { Option = folder.Path }));
    }

    private static unsafe byte[] Bytes(ParameterSet parameters, int parameter, int count) => new Span<byte>((byte*)parameters.Tensors[parameter].DataPointer, count).ToArray();
}
