using System.Text.Json.Nodes;
using Nonsmooth.Data.Arrays;
using Nonsmooth.Programs;

namespace Nonsmooth.Pretrained.Tests.HuggingFace;

/// <summary>Tensors under the names of other versions and other classes of the library, and heads by the name of the class.</summary>
public sealed class FolderNamesTests
{
    [Theory]
    [InlineData("gpt2", "transformer.")]
    [InlineData("llama", "model.")]
    [InlineData("bert_cls", "bert.")]
    [InlineData("vit", "vit.")]
    [InlineData("resnet", "resnet.")]
    public void APrefixMayBeAbsent(string name, string prefix)
    {
        using var folder = new ChangedFolder(name);
        string before = folder.Import().Program.ToString()!;
        var after = folder.Renamed(n => n.StartsWith(prefix, StringComparison.Ordinal) ? n[prefix.Length..] : n).Import();
        Assert.DoesNotContain(after.Weights, w => w.Name.StartsWith(prefix, StringComparison.Ordinal));
        Assert.Equal(before.Replace(prefix, "", StringComparison.Ordinal), after.Program.ToString()!.Replace(prefix, "", StringComparison.Ordinal));
    }

    [Fact]
    public void NormsMayBeCalledAfterTheirLetters()
    {
        using var folder = new ChangedFolder("bert_cls");
        int weights = folder.Import().Weights.Count;
        var old = folder.Renamed(n => n.Replace("LayerNorm.weight", "LayerNorm.gamma", StringComparison.Ordinal).Replace("LayerNorm.bias", "LayerNorm.beta", StringComparison.Ordinal)).Import();
        Assert.Equal(weights, old.Weights.Count);
        Assert.Contains(old.Weights, w => w.Name == "bert.embeddings.LayerNorm.gamma");
    }

    [Fact]
    public void ATiedHeadMayBeStoredTwice()
    {
        using var folder = new ChangedFolder("gpt2");
        var twice = folder.Stored(t => t["lm_head.weight"] = t["transformer.wte.weight"]).Import();
        Assert.Equal(["lm_head.weight"], twice.Weights.Single(w => w.Name == "transformer.wte.weight").Twins);
        Assert.DoesNotContain(twice.Weights, w => w.Name == "lm_head.weight");
    }

    [Fact]
    public void ATiedHeadMayBeStoredAlone()
    {
        using var folder = new ChangedFolder("gpt2");
        int weights = folder.Import().Weights.Count;
        var alone = folder.Renamed(n => n == "transformer.wte.weight" ? "lm_head.weight" : n).Import();
        Assert.Equal(weights, alone.Weights.Count);
        Assert.Contains(alone.Weights, w => w.Name == "lm_head.weight");
    }

    [Fact]
    public void WhatOlderVersionsStoredAndIsComputedIsPassedOver()
    {
        using var folder = new ChangedFolder("llama");
        folder.Stored(t => t["model.layers.0.self_attn.rotary_emb.inv_freq"] = StoredTensor.Of<float>([1, 0.5f, 0.25f, 0.125f], 4)).Import();
    }

    [Theory]
    [InlineData("bert_cls", "BertModel", "last_hidden_state pooler_output", "classifier.")]
    [InlineData("roberta_cls", "RobertaModel", "last_hidden_state", "classifier.")]
    [InlineData("distilbert_tok", "DistilBertModel", "last_hidden_state", "classifier.")]
    [InlineData("vit", "ViTModel", "last_hidden_state", "classifier.")]
    [InlineData("resnet", "ResNetModel", "last_hidden_state pooler_output", "classifier.")]
    [InlineData("convnext_wide", "ConvNextModel", "last_hidden_state pooler_output", "classifier.")]
    [InlineData("llama", "LlamaModel", "last_hidden_state", "lm_head.")]
    [InlineData("gpt2", "GPT2Model", "last_hidden_state", "none")]
    [InlineData("t5", "T5Model", "last_hidden_state", "none")]
    public void ANetworkWithoutAHeadPutsOutItsStates(string name, string architecture, string outputs, string head)
    {
        using var folder = new ChangedFolder(name);
        var imported = folder.Configured(c => c["architectures"] = new JsonArray(architecture)).Stored(tensors =>
        {
            foreach (string weight in tensors.Keys.Where(k => k.StartsWith(head, StringComparison.Ordinal)).ToList())
            {
                tensors.Remove(weight);
            }
        }).Import();
        Assert.Equal(outputs.Split(' '), imported.Program.Outputs.Select(o => o.Name));
        Assert.Null(imported.OwnLoss);
    }

    [Theory]
    [InlineData("bert_cls", "BertForMaskedLM", "classifier.", "cls.predictions.transform.dense.weight:32,32 cls.predictions.transform.dense.bias:32 cls.predictions.transform.LayerNorm.weight:32 cls.predictions.transform.LayerNorm.bias:32 cls.predictions.bias:96")]
    [InlineData("bert_cls", "BertForTokenClassification", "none", "")]
    [InlineData("roberta_cls", "RobertaForMaskedLM", "classifier.", "lm_head.dense.weight:24,24 lm_head.dense.bias:24 lm_head.layer_norm.weight:24 lm_head.layer_norm.bias:24 lm_head.bias:96 lm_head.decoder.bias:96")]
    [InlineData("distilbert_tok", "DistilBertForMaskedLM", "classifier.", "vocab_transform.weight:32,32 vocab_transform.bias:32 vocab_layer_norm.weight:32 vocab_layer_norm.bias:32 vocab_projector.bias:96")]
    [InlineData("distilbert_tok", "DistilBertForSequenceClassification", "none", "pre_classifier.weight:32,32 pre_classifier.bias:32")]
    public void OtherHeadsHaveTheirOwnWeightsAndLoss(string name, string architecture, string without, string with)
    {
        using var folder = new ChangedFolder(name);
        var imported = folder.Configured(c => c["architectures"] = new JsonArray(architecture)).Stored(tensors =>
        {
            foreach (string weight in tensors.Keys.Where(k => k.StartsWith(without, StringComparison.Ordinal)).ToList())
            {
                tensors.Remove(weight);
            }

            foreach (string[] weight in with.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => w.Split(':')))
            {
                long[] shape = [.. weight[1].Split(',').Select(long.Parse)];
                tensors[weight[0]] = StoredTensor.Of<float>(new float[shape.Aggregate((a, b) => a * b)], shape);
            }
        }).Import();
        var logits = imported.Program.Outputs.Single();
        bool isWhole = architecture.Contains("Sequence", StringComparison.Ordinal);
        Assert.Equal(isWhole ? 2 : 3, imported.Program.Types[logits.Value].Shape.Rank);
        var builder = new ProgramBuilder();
        var loss = imported.OwnLoss!(builder.Input("logits", imported.Program.Types[logits.Value]), builder.Input("labels", Nonsmooth.Tensors.TensorType.Index(imported.Program.Types[logits.Value].Shape[..^1])));
        Assert.Equal(0, loss.Shape.Rank);
    }

    [Theory]
    [InlineData("BertForQuestionAnswering", "ForSequenceClassification, ForTokenClassification, Model")]
    [InlineData("BertLMHeadModel", "BertLMHeadModel")]
    public void AHeadThatIsNotReadIsRefusedByName(string architecture, string why)
    {
        using var folder = new ChangedFolder("bert_cls");
        string refusal = folder.Configured(c => c["architectures"] = new JsonArray(architecture)).Refusal();
        Assert.Contains(architecture, refusal, StringComparison.Ordinal);
        Assert.Contains(why, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void AMisspeltTensorIsNamedWithTheNearest()
    {
        using var folder = new ChangedFolder("vit");
        Assert.Contains("it has no tensor 'vit.layernorm.weight' [32]; did you mean vit.layernorn.weight", folder.Renamed(n => n == "vit.layernorm.weight" ? "vit.layernorn.weight" : n).Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void ASurplusTensorIsNamedWithTheNearest()
    {
        using var folder = new ChangedFolder("vit");
        Assert.Contains("a tensor that a vit has not: vit.layernorm.weights; did you mean vit.layernorm.weight", folder.Stored(t => t["vit.layernorm.weights"] = t["vit.layernorm.weight"]).Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void ATensorOfAnotherTypeIsRefused()
    {
        using var folder = new ChangedFolder("vit");
        Assert.Contains("'vit.layernorm.weight' is [32] of I64", folder.Stored(t => t["vit.layernorm.weight"] = StoredTensor.Of<long>(new long[32], 32)).Refusal(), StringComparison.Ordinal);
    }
}
