using Nonsmooth.Data;
using Nonsmooth.Data.Arrays;
using Nonsmooth.Optimizers;
using Nonsmooth.Tests.Shared;
using Nonsmooth.Training.Checkpoints;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Tests.Engine;

public sealed class StartWeightsTests
{
    private static readonly LowRank _adapters = new(2, 4, 0);

    [Trait("Speed", "Slow")]
    [Fact]
    public void AdaptersLearnWhileTheBaseKeepsItsBitsAndFoldIn()
    {
        using var folder = new TemporaryFolder();
        var start = SmallRun.Options with { Epochs = 1, OutputFolder = folder.File("base") };
        SmallRun.Train(start);
        string weights = folder.File("base/best.safetensors");
        var adapted = SmallRun.Options with
        {
            Network = start.Network with { LowRank = _adapters }, Weights = weights, OutputFolder = folder.File("adapted"),
        };
        var (result, _) = SmallRun.Train(adapted);
        Assert.True(result.History[^1].TrainLoss < result.History[0].TrainLoss);

        var (before, after) = (Checkpoint.Load(weights), Checkpoint.Load(folder.File("adapted/last.safetensors")));
        Assert.All(start.Network.Build(1).Parameters, p => Assert.Equal(before[p.Name].Bytes.ToArray(), after[p.Name].Bytes.ToArray()));
        Assert.Equal(
            ["fc1.lora_A", "fc1.lora_B", "fc2.lora_A", "fc2.lora_B"],
            after.Tensors.Keys.Where(n => n.StartsWith("optimizer.fc", StringComparison.Ordinal)).Select(n => string.Join('.', n.Split('.')[1..3])).Distinct().Order());

        // Without adapters the file starts with them folded in: a step of almost no size shows the same loss.
        using var heard = new Recorder();
        var (folded, _) = SmallRun.Train(SmallRun.Options with { Epochs = 1, Rate = 1e-12, Weights = folder.File("adapted/last.safetensors") }, heard);
        Assert.Equal(result.TestLoss!.Value, folded.TestLoss!.Value, 1e-5);
        Assert.Contains("are folded into the weights", Assert.Single(heard.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public void TheBestFileOfAScheduleFreeRunGivesTheWeightsThatWereEvaluated()
    {
        using var folder = new TemporaryFolder();
        SmallRun.Train(SmallRun.Options with { Epochs = 1, OutputFolder = folder.File("base") });
        var options = SmallRun.Options with
        {
            Network = SmallRun.Options.Network with { LowRank = _adapters }, Weights = folder.File("base/best.safetensors"), OutputFolder = folder.File("adapted"),
            OptimizerName = "schedule-free-adamw", Optimizer = OptimizerRegistry.Find("schedule-free-adamw").Defaults,
        };
        var (result, _) = SmallRun.Train(options);
        string path = folder.File("adapted/best.safetensors");
        var best = Checkpoint.Load(path);
        using (var again = new TrainingRun(options with { Weights = path, OutputFolder = null }))
        {
            int adapter = again.Session.Parameters.Parameters.ToList().FindIndex(p => p.Name == "fc1.lora_B");
            Assert.Equal(best["evaluation.fc1.lora_B"].ToSingles(), again.Session.Parameters.Values(adapter).ToArray());
            Assert.NotEqual(best["fc1.lora_B"].ToSingles(), again.Session.Parameters.Values(adapter).ToArray());
        }

        var (folded, _) = SmallRun.Train(SmallRun.Options with { Epochs = 1, Rate = 1e-12, Weights = path });
        Assert.Equal(result.History[best.State!.Epoch - 1].TestLoss, folded.TestLoss!.Value, 1e-5);
    }

    [Fact]
    public void ARunGoesOnWithoutTheFileItBeganFrom()
    {
        using var folder = new TemporaryFolder();
        SmallRun.Train(SmallRun.Options with { Epochs = 1, OutputFolder = folder.File("base") });
        var options = SmallRun.Options with { Weights = folder.File("base/best.safetensors") };
        var (_, whole) = SmallRun.Train(options);
        using var stopping = new Recorder { CancelAtStep = 14 };
        SmallRun.Train(options with { OutputFolder = folder.File("cut") }, stopping, stopping.Token);
        File.Delete(options.Weights);
        using var heard = new Recorder();
        Assert.Equal(whole, SmallRun.Train(options with { OutputFolder = folder.File("cut"), Resume = true }, heard).Parameters);
        Assert.Contains("the checkpoint holds every weight", Assert.Single(heard.Notices), StringComparison.Ordinal);
    }

    [Fact]
    public void ARunWithAdaptersGoesOnWithTheSameBits()
    {
        using var folder = new TemporaryFolder();
        SmallRun.Train(SmallRun.Options with { Epochs = 1, OutputFolder = folder.File("base") });
        var options = SmallRun.Options with
        {
            Network = SmallRun.Options.Network.Smoothed(0.1) with { LowRank = _adapters with { Dropout = 0.5 } }, Weights = folder.File("base/best.safetensors"),
        };
        var (_, whole) = SmallRun.Train(options);
        using var stopping = new Recorder { CancelAtStep = 14 };
        SmallRun.Train(options with { OutputFolder = folder.File("cut") }, stopping, stopping.Token);
        var (_, resumed) = SmallRun.Train(options with { OutputFolder = folder.File("cut"), Resume = true });
        Assert.Equal(whole, resumed);
    }

    [Fact]
    public void PublishedWeightsAreTakenTheirWayRoundAndOurs()
    {
        using var folder = new TemporaryFolder();
        var network = Models.Find("gpt:1-4-2", classes: 5, tokens: 3);
        using var set = new ParameterSet(network.Build(1).Parameters, 7);
        var (own, theirs) = (new Dictionary<string, StoredTensor>(), new Dictionary<string, StoredTensor>());
        set.Save(own);
        foreach (var (name, tensor) in own)
        {
            theirs["transformer." + name] = name.Contains(".c_", StringComparison.Ordinal) && tensor.Shape.Length == 2 ? Turned(tensor) : tensor;
        }

        theirs["transformer.h.0.attn.bias"] = StoredTensor.Of<byte>([1], 1, 1);
        foreach (var tensors in new[] { own, theirs })
        {
            SafeTensors.Write(folder.File("w.safetensors"), tensors);
            using var loaded = new ParameterSet(network.Build(1).Parameters, 8);
            using var buffers = new BufferSet([], 0, LibTorch.Execution.Precision.Float32);
            StartWeights.Load(folder.File("w.safetensors"), network, loaded, buffers, _ => Assert.Fail("a notice"));
            Assert.All(Enumerable.Range(0, set.Parameters.Count), i => Assert.Equal(set.Values(i).ToArray(), loaded.Values(i).ToArray()));
        }
    }

    [Fact]
    public void WhatIsMissingOrOfAnotherShapeIsNamed()
    {
        using var folder = new TemporaryFolder();
        var tensors = new Dictionary<string, StoredTensor>();
        using (var set = new ParameterSet(SmallRun.Options.Network.Build(1).Parameters, 0))
        {
            set.Save(tensors);
        }

        tensors.Remove("fc2.bias");
        Assert.Contains("has no 'fc2.bias', which network 'mlp:8-16-4' has as 4", Refusal(folder, tensors), StringComparison.Ordinal);
        tensors["fc2.bias"] = StoredTensor.Of<long>([1, 2, 3, 4], 4);
        Assert.Contains("has 'fc2.bias' as I64, not as real numbers", Refusal(folder, tensors), StringComparison.Ordinal);
        tensors["fc1.weight"] = StoredTensor.Of<float>(new float[6], 3, 2);
        Assert.Contains("has 'fc1.weight' as 3×2, network 'mlp:8-16-4' as 16×8", Refusal(folder, tensors), StringComparison.Ordinal);
        Assert.Contains("cannot be read", Assert.Throws<NonsmoothException>(() => SmallRun.Train(SmallRun.Options with { Weights = folder.File("no") })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AClassifierOfOtherClassesIsLeftOut()
    {
        using var folder = new TemporaryFolder();
        var data = Blobs.Load(new DatasetOptions { BlobDimensions = 8, BlobClasses = 3, TrainCount = 64, TestCount = 8 });
        SmallRun.Train(SmallRun.Options with { Dataset = data, Network = Models.Find("mlp:8-16-3", data.Shape, 3), Epochs = 1, OutputFolder = folder.File("base") });
        using var heard = new Recorder();
        var options = SmallRun.Options with { Weights = folder.File("base/last.safetensors"), Epochs = 0 };
        using (var trainer = new TrainingRun(options, heard))
        {
            Assert.Equal(Checkpoint.Load(options.Weights)["fc1.weight"].ToSingles(), trainer.Session.Parameters.Values(0).ToArray());
        }

        Assert.EndsWith("has 3 classes and not 4: fc2.weight and fc2.bias start at random", Assert.Single(heard.Notices), StringComparison.Ordinal);
        var adapted = options with { Network = options.Network with { LowRank = _adapters } };
        Assert.Contains("adapters cannot learn a new one", Assert.Throws<NonsmoothException>(() => new TrainingRun(adapted)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AdaptersNeedWeights() => Assert.Contains(
        "give weights",
        Assert.Throws<NonsmoothException>(() => new TrainingRun(SmallRun.Options with { Network = SmallRun.Options.Network with { LowRank = _adapters } })).Message,
        StringComparison.Ordinal);

    private static string Refusal(TemporaryFolder folder, Dictionary<string, StoredTensor> tensors)
    {
        SafeTensors.Write(folder.File("w.safetensors"), tensors);
        return Assert.Throws<NonsmoothException>(() => SmallRun.Train(SmallRun.Options with { Weights = folder.File("w.safetensors") })).Message;
    }

    private static StoredTensor Turned(StoredTensor tensor)
    {
        var (rows, columns) = ((int)tensor.Shape[0], (int)tensor.Shape[1]);
        var values = tensor.Values<float>().ToArray();
        return StoredTensor.Of<float>([.. Enumerable.Range(0, values.Length).Select(i => values[((i % rows) * columns) + (i / rows)])], columns, rows);
    }
}
