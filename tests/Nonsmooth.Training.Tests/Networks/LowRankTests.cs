using Nonsmooth.Cost;
using Nonsmooth.Data.Arrays;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Tests.Networks;

public sealed class LowRankTests
{
    [Theory]
    [InlineData("lenet5", "fc1", "fc2", "fc3")]
    [InlineData("mlp:8-16-4", "fc1", "fc2")]
    [InlineData("resnet18-cifar", "fc")]
    [InlineData("gpt:2-16-2", "h.0.attn.c_attn", "h.1.attn.c_attn")]
    public void NothingButTheAdaptersIsTrained(string name, params string[] layers)
    {
        var network = Models.Find(name) with { LowRank = new LowRank(2) };
        var program = network.Build(1);
        Assert.All(program.Trained, p => Assert.True(LowRank.IsAdapter(p.Name)));
        Assert.Equal(layers, program.Trained.Select(p => p.Name[..p.Name.IndexOf(".lora_", StringComparison.Ordinal)]).Distinct());
        Assert.Equal(Models.Find(name).Build(1).Parameters.Select(p => p.Name), program.Parameters.Where(p => p.Frozen).Select(p => p.Name));
        Assert.Equal(["loss", .. program.Trained.Select(p => $"grad.{p.Name}")], program.Gradient().Outputs.Select(o => o.Name));
        Assert.Equal(program.Trained.Sum(p => p.Shape.Count64), network.ParameterCount);
    }

    [Fact]
    public void TheTransformerOfImagesTakesThemInItsFusedProjectionToo()
    {
        var program = (Models.Find("vit-b-32") with { LowRank = new LowRank(4, On: "in_proj:2/3,mlp.*") }).Build(1);
        Assert.Contains("encoder.layers.encoder_layer_11.self_attention.in_proj.lora_B.2", program.Trained.Select(p => p.Name));
        Assert.Equal(12 * 2, program.Trained.Count);
    }

    [Fact]
    public void Gpt2HasSoFewTrainedNumbersAndItsGradientCostsLess()
    {
        var full = Models.Find("gpt2", tokens: 32);
        var adapted = full with { LowRank = new LowRank() };

        // Queries and values of 12 layers, each 4·(768 + 768).
        Assert.Equal(12 * 2 * 4 * (768 + 768), adapted.ParameterCount);
        long whole = full.Build(1).Step().Count().Total;
        long low = adapted.Build(1).Step().Count().Total;

        // Of three products a layer, y, dx and dW, the last is gone.
        Assert.InRange((double)low / whole, 0.6, 0.75);
    }

    [Fact]
    public void ThePartsBeforeTheFirstAdapterAreNotDifferentiated()
    {
        var last = Models.Find("mlp:64-64-64-64-10") with { LowRank = new LowRank(2, Dropout: 0, On: "fc4") };
        var first = last with { LowRank = last.LowRank! with { On = "fc1" } };
        Assert.True(last.Build(8).Step().Count().Total < 0.7 * first.Build(8).Step().Count().Total);
    }

    [Theory]
    [InlineData(0, 32, 0.1, "", "the rank of adapters is 0")]
    [InlineData(4, 0, 0.1, "", "lora-alpha is 0")]
    [InlineData(4, 32, 1, "", "lora-dropout is 1")]
    [InlineData(4, 32, 0, "fc1:3/3", "lora-on has 'fc1:3/3'")]
    [InlineData(4, 32, 0, "fc9", "lora-on is 'fc9', which is no linear layer of network 'mlp:8-16-4': it has fc1, fc2")]
    [InlineData(4, 32, 0, "fc1:0/3", "linear layer 'fc1' has 16 outputs, which lora-on does not cut")]
    [InlineData(4, 32, 0, "fc1:0/2,fc1:0/4", "linear layer 'fc1' has 16 outputs, which lora-on does not cut")]
    public void RefusesWhatCannotBeAdapted(int rank, double alpha, double dropout, string on, string message)
    {
        var network = Models.Find("mlp:8-16-4") with { LowRank = new LowRank(rank, alpha, dropout, on) };
        Assert.StartsWith(message, Assert.Throws<NonsmoothException>(() => network.Build(1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MergingAddsTheProductToItsPartOfTheWeight()
    {
        var tensors = new Dictionary<string, StoredTensor>
        {
            ["l.weight"] = StoredTensor.Of<float>([1, 2, 3, 4, 5, 6, 7, 8], 4, 2),
            ["l.lora_A.1"] = StoredTensor.Of<float>([1, 10], 1, 2),
            ["l.lora_B.1"] = StoredTensor.Of<float>([2, 3], 2, 1),
            ["optimizer.l.lora_A.1.v"] = StoredTensor.Of<float>([0, 0], 2),
        };
        var merged = LowRank.Merge(tensors, alpha: 0.5);
        Assert.Equal([1, 2, 3, 4, 5 + 1, 6 + 10, 7 + 1.5f, 8 + 15], merged["l.weight"].Values<float>().ToArray());
        Assert.Equal(["l.weight"], merged.Keys);
        tensors.Remove("l.lora_B.1");
        Assert.Contains("'l.lora_A.1' has no 'l.lora_B.1' beside it", Assert.Throws<NonsmoothException>(() => LowRank.Merge(tensors, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SmoothedLabelsAreForTrainingOnly()
    {
        var network = Models.Find("mlp:8-16-4");
        var smoothed = network.Smoothed(0.1).Build(2);
        Assert.Equal(network.Build(2).Evaluation.ToString(), smoothed.Evaluation.ToString());
        Assert.NotEqual(network.Build(2).Loss.ToString(), smoothed.Loss.ToString());
        Assert.Contains("label-smoothing is 1", Assert.Throws<NonsmoothException>(() => network.Smoothed(1).Build(2)).Message, StringComparison.Ordinal);
    }
}
