using Nonsmooth.Arithmetic;
using Nonsmooth.Differentiation;
using Nonsmooth.Evaluation;
using Nonsmooth.Pretrained.HuggingFace;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Pretrained.Tests.HuggingFace;

/// <summary>Networks as HuggingFace's library saves them: logits, the loss of a language model and its every gradient are PyTorch's.</summary>
public sealed class RecordedFolderTests(ITestOutputHelper output)
{
    private static readonly Dictionary<string, IReadOnlyList<int>> _tokens = new() { ["input_ids"] = [1, 4] };

    /// <summary>The recorded folders that are read.</summary>
    public static TheoryData<string> Recorded =>
    [
        "gpt2", "llama", "llama_tied_sharded", "mistral_window", "qwen2_bf16", "qwen3", "gemma_tied", "gemma2_caps",
        "bert_cls", "roberta_cls", "distilbert_tok", "t5", "vit", "resnet", "convnext_wide",
    ];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void LogitsLossAndGradientsAreThoseRecorded(string name)
    {
        string folder = Graphs.SharedFiles.Find("models", "hf", name);
        var arrays = NpzFile.Read(folder + ".npz");
        var opened = HuggingFaceFolder.Open(folder);
        var imported = opened.Import(opened.Inputs.Where(i => arrays.ContainsKey("in." + i.Name)).ToDictionary(i => i.Name, i => (IReadOnlyList<int>)[.. arrays["in." + i.Name].Shape]));
        string[] names = [.. imported.Weights.Where(w => w.Role == InputRole.Parameter).Select(w => w.Name)];
        var gradient = WithLoss(imported, arrays["in.labels"].Shape).Backprop(new BackpropOptions { Of = ["lm_loss"], WithRespectTo = names });
        var weights = imported.Weights.ToDictionary(w => w.Name, w => (Array)w.Elements);
        var results = Interpreter.Run<Float64>(gradient, [.. gradient.Inputs.Select(i => weights.GetValueOrDefault(i.Name) ?? Elements(arrays["in." + i.Name]))]);
        var byName = gradient.Outputs.Zip(results).ToDictionary(o => o.First.Name, o => (Tensor<double>)o.Second);
        double largest = arrays.Where(a => a.Key.StartsWith("grad.", StringComparison.Ordinal)).Max(a => ((Tensor<double>)a.Value).Elements.Max(Math.Abs));
        Recording.Near("y", byName["logits"].Elements, arrays["y"], 0);
        Recording.Near("loss", [byName["logits"].Elements.Sum(x => x * x)], arrays["loss"], 0);
        Recording.Near("lm_loss", byName["lm_loss"].Elements, arrays["lm_loss"], 0);
        string[] recorded = [.. arrays.Keys.Where(k => k.StartsWith("grad.", StringComparison.Ordinal)).Select(k => k[5..])];
        Assert.Equal(recorded.Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
        Assert.All(recorded, w => Recording.Near($"grad.{w}", byName[gradient.Gradient(w).Name].Elements, arrays[$"grad.{w}"], 1e-6 * largest));
        output.WriteLine($"{name}: logits, both losses and {recorded.Length} gradients equal");
    }

    [Fact]
    public void APickleIsNotOpened()
    {
        var refused = Assert.Throws<FolderException>(() => HuggingFaceFolder.Open(Graphs.SharedFiles.Find("models", "hf", "gpt2_bin")).Import(_tokens));
        Assert.Contains("safe_serialization=True", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnArchitectureThatIsNotReadIsRefusedByName()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "config.json"), """{ "model_type": "mamba" }""");
        var refused = Assert.Throws<FolderException>(() => HuggingFaceFolder.Open(folder.Path));
        Assert.Contains("'mamba', which is not read", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"n_layer\": 2", "\"n_layer\": 3", "'transformer.h.2.ln_1.weight'")]
    [InlineData("\"n_layer\": 2", "\"n_layer\": 1", "12 tensors that a gpt2 has not")]
    [InlineData("\"vocab_size\": 96", "\"vocab_size\": 97", "[96, 32]")]
    [InlineData("\"activation_function\": \"gelu_new\"", "\"activation_function\": \"gello\"", "'gello'")]
    [InlineData("\"model_type\": \"gpt2\"", "\"model_type\": \"gpt3\"", "did you mean gpt2?")]
    [InlineData("\"n_head\": 4", "\"n_head\": \"four\"", "n_head")]
    public void WhatDoesNotFitIsSaid(string from, string to, string why)
    {
        string source = Graphs.SharedFiles.Find("models", "hf", "gpt2");
        using var folder = new TemporaryFolder();
        string config = File.ReadAllText(Path.Combine(source, "config.json"));
        Assert.Contains(from, config, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder.Path, "config.json"), config.Replace(from, to, StringComparison.Ordinal));
        File.Copy(Path.Combine(source, "model.safetensors"), Path.Combine(folder.Path, "model.safetensors"));
        var refused = Assert.ThrowsAny<NonsmoothException>(() => HuggingFaceFolder.Open(folder.Path).Import(_tokens));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    private static Array Elements(Tensor array) => array is Tensor<long> whole ? whole.Elements : ((Tensor<double>)array).Elements;

    private static Program WithLoss(FolderProgram folder, Shape labels)
    {
        var (program, builder) = (folder.Program, new ProgramBuilder());
        var inputs = program.Inputs.Select(i => builder.Input(i.Name, program.Types[i.Value], i.Role)).ToArray();
        var logits = builder.Inline(program, inputs)[0];
        return builder.Build([("logits", logits), ("lm_loss", folder.OwnLoss!(logits, builder.Input("labels", TensorType.Index(labels))))]);
    }
}
