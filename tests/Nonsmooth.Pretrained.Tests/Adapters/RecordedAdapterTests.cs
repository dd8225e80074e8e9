using System.Text.Json;
using Nonsmooth.Data.Arrays;
using Nonsmooth.Pretrained.Adapters;
using Nonsmooth.Pretrained.HuggingFace;
using Nonsmooth.Tensors;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Pretrained.Tests.Adapters;

/// <summary>Adapters as PEFT saves them: logits with, without and merged, the loss and every gradient are PEFT's; saved again they are the same.</summary>
public sealed class RecordedAdapterTests(ITestOutputHelper output)
{
    public static TheoryData<string, string> Recorded =>
    [
        ("gpt2_c_attn", "gpt2"), ("gpt2_bias_lora_only", "gpt2"), ("gpt2_rslora_all", "gpt2"), ("llama_qv", "llama"), ("llama_dora", "llama"), ("llama_save_head", "llama"),
    ];

    [Theory]
    [MemberData(nameof(Recorded))]
    public void LogitsLossAndGradientsAreThoseRecorded(string name, string model)
    {
        var (folder, adapter, arrays) = Find(name, model);
        var (tokens, labels) = ((Tensor<long>)arrays["in.input_ids"], (Tensor<long>)arrays["in.labels"]);
        var run = new AdapterRun(folder, adapter, tokens, labels);
        double[] logits = run.Logits();
        Recording.Near("y", logits, arrays["y"], 0);
        Recording.Near("loss", [logits.Sum(x => x * x)], arrays["loss"], 0);
        Recording.Near("lm_loss", [run.Loss()], arrays["lm_loss"], 0);
        Recording.Near("y_base", new AdapterRun(folder, null, tokens, labels).Logits(), arrays["y_base"], 0);
        string[] recorded = [.. arrays.Keys.Where(k => k.StartsWith("grad.", StringComparison.Ordinal)).Select(k => k[5..])];
        var gradients = run.Gradients();
        Assert.Equal(recorded.Order(StringComparer.Ordinal), gradients.Keys.Order(StringComparer.Ordinal));
        double largest = recorded.Max(k => ((Tensor<double>)arrays[$"grad.{k}"]).Elements.Max(Math.Abs));
        Assert.All(recorded, k => Recording.Near($"grad.{k}", gradients[k], arrays[$"grad.{k}"], 1e-6 * largest));
        output.WriteLine($"{name}: logits with and without, both losses and {recorded.Length} gradients equal");
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public void MergedLogitsAreThoseRecorded(string name, string model)
    {
        var (folder, adapter, arrays) = Find(name, model);
        using var to = new TemporaryFolder();
        var merged = AdapterMerge.Of(HuggingFaceFolder.Open(folder), adapter);
        merged.Write(to.Path);
        Assert.Empty(merged.Notes);
        Recording.Near("y_merged", new AdapterRun(to.Path, null, (Tensor<long>)arrays["in.input_ids"]).Logits(), arrays["y_merged"], 0);
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public void SavedUntouchedEveryByteAndFieldIsTheSame(string name, string model)
    {
        var (_, adapter, _) = Find(name, model);
        using var to = new TemporaryFolder();
        adapter.Write(to.Path, new Dictionary<string, StoredTensor>());
        var (before, after) = (SafeTensors.Read(Path.Combine(adapter.Folder!, Adapter.WeightsFile)), SafeTensors.Read(Path.Combine(to.Path, Adapter.WeightsFile)));
        Assert.Equal(before.Metadata, after.Metadata);
        Assert.Equal(before.Tensors.Keys.Order(StringComparer.Ordinal), after.Tensors.Keys.Order(StringComparer.Ordinal));
        Assert.All(before.Tensors, t =>
        {
            var saved = after.Tensors[t.Key];
            Assert.Equal((t.Value.Type, string.Join('×', t.Value.Shape)), (saved.Type, string.Join('×', saved.Shape)));
            Assert.Equal(t.Value.Bytes.ToArray(), saved.Bytes.ToArray());
        });
        using var theirs = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(adapter.Folder!, Adapter.ConfigFile)));
        using var ours = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(to.Path, Adapter.ConfigFile)));
        Assert.True(JsonElement.DeepEquals(theirs.RootElement, ours.RootElement));
    }

    [Fact]
    public void TheExactGradientOfDoraIsTheDerivativeAndTheUsualOneIsNot()
    {
        var (folder, adapter, arrays) = Find("llama_dora", "llama");
        var (tokens, labels) = ((Tensor<long>)arrays["in.input_ids"], (Tensor<long>)arrays["in.labels"]);
        var exact = new AdapterRun(folder, adapter, tokens, labels, new AdapterOptions { IsExact = true });
        var (derivative, usual) = (exact.Gradients(), new AdapterRun(folder, adapter, tokens, labels).Gradients());
        double worst = 0, apart = 0;
        foreach (string weight in exact.Trained)
        {
            double[] values = exact[weight];
            for (int i = 0; i < values.Length; i += Math.Max(1, values.Length / 3))
            {
                const double Step = 1e-5;
                double at = values[i];
                values[i] = at + Step;
                double above = exact.Loss();
                values[i] = at - Step;
                double below = exact.Loss();
                values[i] = at;
                worst = Math.Max(worst, Math.Abs(((above - below) / (2 * Step)) - derivative[weight][i]));
                apart = weight.EndsWith(".weight", StringComparison.Ordinal) ? Math.Max(apart, Math.Abs(derivative[weight][i] - usual[weight][i])) : apart;
            }
        }

        output.WriteLine($"central differences are at most {worst:G2} from the exact gradient, PEFT's gradient {apart:G2}");
        Assert.InRange(worst, 0, 1e-8);
        Assert.True(apart > 1e-5, $"PEFT's gradient is only {apart:G2} from the derivative");
        Assert.Contains("not the derivative", Assert.Single(new AdapterChange(adapter).Notes), StringComparison.Ordinal);
    }

    private static (string Folder, Adapter Adapter, Dictionary<string, Tensor> Arrays) Find(string name, string model)
    {
        string path = Graphs.SharedFiles.Find("models", "peft", name);
        return (Graphs.SharedFiles.Find("models", "hf", model), Adapter.Read(path), NpzFile.Read(path + ".npz"));
    }
}
