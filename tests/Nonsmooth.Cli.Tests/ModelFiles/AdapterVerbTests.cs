using Nonsmooth.Data.Arrays;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cli.Tests.ModelFiles;

/// <summary>An adapter beside a folder, in every verb.</summary>
[Trait("Speed", "Slow")]
public sealed class AdapterVerbTests : IDisposable
{
    private const string New = "r=2,alpha=4,targets=q_proj,v_proj";
    private readonly TemporaryFolder _folder = new();
    private readonly string _models = Path.Combine(SharedFolder.With("models"), "models");

    public AdapterVerbTests()
    {
        long[] Tokens(int shift) => [.. Enumerable.Range(0, 40 * 6).Select(i => ((i / 6 * 5) + (i % 6 * 3) + shift) % 96L)];
        Numpy.Write(_folder.File("tokens.npz"), new Dictionary<string, StoredTensor> { ["input_ids"] = StoredTensor.Of<long>(Tokens(0), 40, 6), ["target"] = StoredTensor.Of<long>(Tokens(3), 40, 6) });
    }

    private string Llama => Path.Combine(_models, "hf", "llama");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void RunAndVerifyHaveItsGradientsAndSayWhatDoraIs()
    {
        string dora = Path.Combine(_models, "peft", "llama_dora");
        var usual = Run("verify", Llama, "--adapter", dora, "--against", dora + ".npz", "--json");
        Assert.Equal(0, usual.ExitCode);
        Assert.Contains("is not the derivative of the loss", usual.Json.GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
        var exact = Run("verify", Llama, "--adapter", dora, "--dora", "exact", "--against", dora + ".npz", "--json");
        Assert.Equal(1, exact.ExitCode);
        Assert.All(exact.Json.GetProperty("tensors").EnumerateArray(), t =>
        {
            // Magnitudes have the same gradient both ways, and so have all values.
            bool isHeld = t.GetProperty("name").GetString()!.Contains(".lora_", StringComparison.Ordinal) && !t.GetProperty("name").GetString()!.EndsWith("magnitude_vector", StringComparison.Ordinal);
            Assert.True(isHeld || t.GetProperty("holds").GetBoolean(), t.ToString());
        });
        var run = Run("run", Llama, "--adapter", dora, "--inputs", dora + ".npz", "--loss", "own", "--gradient", "--json");
        Assert.Equal(18, run.Json.GetProperty("gradients").GetArrayLength());
        Assert.Equal(0, Run("diverge", Llama, "--adapter", dora, "--data", "tokens.npz", "--batch", "4", "--against", "bf16").ExitCode);
    }

    [Fact]
    public void WhatIsTrainedGoesIntoEveryVerb()
    {
        var trained = Run("train", Llama, "--adapter", New, "--data", "tokens.npz", "--epochs", "2", "--batch", "8", "--rate", "0.01", "--optimizer", "adamw", "--out", "first", "--json");
        Assert.True(trained.ExitCode == 0, trained.Error);
        Assert.Contains("wrote the adapter to", trained.Error, StringComparison.Ordinal);
        var further = Run("train", Llama, "--adapter", "first", "--data", "tokens.npz", "--epochs", "1", "--batch", "8", "--out", "second");
        Assert.True(further.ExitCode == 0, further.Error);
        Assert.Equal(8, SafeTensors.Read(_folder.File("second/adapter_model.safetensors")).Tensors.Count);
        Assert.Equal(448, Run("cost", Llama, "--adapter", "second", "--json").Json.GetProperty("parameters").GetInt64());
        Assert.Equal(448, Run("cost", Llama, "--adapter", New, "--fits", "1GiB", "--json").Json.GetProperty("parameters").GetInt64());
        Assert.Equal(0, Run("kinks", Llama, "--adapter", "second").ExitCode);
        var audit = Run("audit", Llama, "--adapter", "second", "--data", "tokens.npz", "--batch", "4", "--draws", "2", "--batches", "2", "--precision", "f32", "--training-steps", "2", "--json");
        Assert.True(audit.ExitCode == 0, audit.Error);
        var compared = Run("compare", Llama, "--adapter", New, "--data", "tokens.npz", "--optimizers", "adamw,sgd", "--epochs", "1", "--seeds", "2", "--trials", "1", "--set", "batch=8", "--json");
        Assert.True(compared.ExitCode == 0, compared.Error);
        Assert.Contains("still to be trained", Run("export", Llama, "merged", "--adapter", New, "--merge").Error, StringComparison.Ordinal);
        Assert.Contains("--adapter", Run("export", Llama, "merged", "--merge").Error, StringComparison.Ordinal);

        // Merged, as a folder and in ONNX, and beside, it is one function.
        Assert.Equal(0, Run("export", Llama, "merged", "--adapter", "second", "--merge").ExitCode);
        double[] beside = Logits(Llama, "--adapter", "second"), merged = Logits("merged");
        foreach (string[] merge in (string[][])[[], ["--merge"]])
        {
            Assert.Equal(0, Run(["export", Llama, "model.onnx", "--adapter", "second", "--input", "input_ids=40x6", "--check", .. merge]).ExitCode);
            Near(beside, Logits("model.onnx"));
        }

        Near(beside, merged);
        Assert.True(beside.Zip(Logits(Llama), (a, b) => Math.Abs(a - b)).Max() > 1e-2);
    }

    [Fact]
    public void ATiedHeadIsUntiedWithAWarning()
    {
        string gpt2 = Path.Combine(_models, "hf", "gpt2");
        var trained = Run("train", gpt2, "--adapter", "r=2,targets=wte,c_attn", "--data", "tokens.npz", "--epochs", "1", "--batch", "8", "--rate", "0.05", "--optimizer", "adamw", "--out", "first");
        Assert.True(trained.ExitCode == 0, trained.Error);
        var merged = Run("export", gpt2, "merged", "--adapter", "first", "--merge");
        Assert.Contains("warning: the head is tied", merged.Error, StringComparison.Ordinal);
        Near(Logits(gpt2, "--adapter", "first"), Logits("merged"));
    }

    [Fact]
    public void WhatIsWrongIsOneLineThatNamesTheMend()
    {
        foreach (var (adapter, why) in (ValueTuple<string, string>[])
        [
            ("nowhere", "has no adapter_config.json"), ("r=2,targets=c_attn", "are no linear layer of a llama"), ("r=2,target=q_proj", "did you mean targets?"),
            (Path.Combine(_models, "peft", "gpt2_c_attn"), "are no linear layer of a llama"),
        ])
        {
            var run = Run("cost", Llama, "--adapter", adapter);
            Assert.Equal(2, run.ExitCode);
            Assert.Contains(why, run.Error, StringComparison.Ordinal);
            Assert.Single(run.Error.Trim().Split('\n'));
        }

        Assert.Contains("adapters are for HuggingFace's folders", Run("cost", "lenet5", "--adapter", New).Error, StringComparison.Ordinal);
        Assert.Contains("give one of the two", Run("train", Llama, "--adapter", New, "--lora", "4", "--data", "tokens.npz").Error, StringComparison.Ordinal);
    }

    private static void Near(double[] expected, double[] actual) => Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, 1e-4));

    private double[] Logits(string model, params string[] options)
    {
        var run = Run(["run", model, "--inputs", "tokens.npz", "--out", "logits.npz", .. options]);
        Assert.True(run.ExitCode == 0, run.Error);
        return Numpy.Read(_folder.File("logits.npz"))["logits"].ToDoubles();
    }

    private ToolRun Run(params string[] arguments) => ToolRun.In(_folder.Path, arguments);
}
