using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nonsmooth.Data.Arrays;
using Nonsmooth.Pretrained.Adapters;
using Nonsmooth.Pretrained.HuggingFace;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;
using Nonsmooth.Tensors;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Pretrained.Tests.Adapters;

/// <summary>Every form that an adapter may have: new it changes nothing, trained it makes what the merged folder makes, and its gradients are derivatives.</summary>
public sealed class AdapterFormTests
{
    private static readonly Tensor<long> _tokens = (Tensor<long>)Tensor.Of(new Shape(2, 5), [3L, 1, 4, 1, 5, 9, 2, 6, 5, 35]);

    public static TheoryData<string, string, string, int, bool> Forms =>
    [
        ("llama", "r=2,alpha=4,targets=q_proj,v_proj", "", 8, false),
        ("llama", "r=2,alpha=4", "", 28, false),
        ("llama", "r=2,targets=re:.*\\.mlp\\.(up|down)_proj", "", 8, false),
        ("llama", "r=2,targets=q_proj,layers=1", "", 2, false),
        ("llama", "r=2,targets=q_proj,layers=1,rslora=true,dora=true", "", 3, false),
        ("llama", "r=2,targets=q_proj,k_proj", """{"rank_pattern":{"layers.1.self_attn.q_proj":5},"alpha_pattern":{"k_proj":1.5}}""", 8, false),
        ("llama", "r=2,targets=q_proj,o_proj", """{"exclude_modules":["layers.0.self_attn.q_proj"],"layers_pattern":"layers","layers_to_transform":[0,1]}""", 6, false),
        ("llama", "r=2,targets=embed_tokens,q_proj", "", 6, false),
        ("llama", "r=2,targets=embed_tokens,dora=true", "", 3, false),
        ("llama", "r=2,targets=lm_head", "", 2, false),
        ("llama", "r=2,targets=q_proj,save=embed_tokens,norm", "", 6, false),
        ("llama_tied_sharded", "r=2,targets=q_proj,dora=true,bias=lora_only", "", 8, false),
        ("llama_tied_sharded", "r=2,targets=embed_tokens", "", 2, true),
        ("llama_tied_sharded", "r=2,targets=lm_head", "", 2, true),
        ("llama_tied_sharded", "r=2,targets=q_proj,save=lm_head", "", 5, true),
        ("llama_tied_sharded", "r=2,targets=q_proj,save=embed_tokens", "", 5, true),
        ("gpt2", "r=2,targets=c_attn,bias=all", "", 17, false),
        ("gpt2", "r=2,targets=c_proj,dora=true,rslora=true", "", 12, false),
        ("gpt2", "r=2,targets=wte,c_fc", "", 6, true),
        ("gpt2", "r=2,alpha=3", "", 16, false),
    ];

    [Theory]
    [MemberData(nameof(Forms))]
    public void NewItChangesNothingAndTrainedItIsWhatIsMerged(string model, string text, string fields, int trained, bool unties)
    {
        string folder = Graphs.SharedFiles.Find("models", "hf", model);
        using var at = new TemporaryFolder();
        var started = new AdapterRun(folder, Adapter.New(text, folder), _tokens);
        double[] plain = new AdapterRun(folder, null, _tokens).Logits();
        Same(plain, started.Logits(), 1e-12 + (text.Contains("dora", StringComparison.Ordinal) ? 1e-5 : 0));
        var adapter = Trained(folder, text, fields, at.Path);
        var run = new AdapterRun(folder, adapter, _tokens);
        Assert.Equal(trained, run.Trained.Length);
        Assert.True(plain.Zip(run.Logits(), (a, b) => Math.Abs(a - b)).Max() > 1e-3);
        var merged = AdapterMerge.Of(HuggingFaceFolder.Open(folder), adapter);
        Assert.Equal(unties, merged.Untied.Count > 0);
        merged.Write(Path.Combine(at.Path, "merged"));
        Same(run.Logits(), new AdapterRun(Path.Combine(at.Path, "merged"), null, _tokens).Logits(), 1e-5);
    }

    [Theory]
    [InlineData("llama", "r=2,targets=embed_tokens,dora=true")]
    [InlineData("gpt2", "r=2,targets=wte,c_proj,dora=true,bias=all")]
    [InlineData("llama_tied_sharded", "r=2,targets=lm_head,q_proj,save=norm")]
    public void GradientsAreDerivatives(string model, string text)
    {
        string folder = Graphs.SharedFiles.Find("models", "hf", model);
        using var at = new TemporaryFolder();
        var run = new AdapterRun(folder, Trained(folder, text, "", at.Path), _tokens, options: new AdapterOptions { IsExact = true });
        var gradients = run.Gradients();
        foreach (string weight in run.Trained)
        {
            double[] values = run[weight];
            int i = Array.IndexOf(gradients[weight], gradients[weight].MaxBy(Math.Abs));
            double before = values[i];
            values[i] = before + 1e-5;
            double above = run.Loss();
            values[i] = before - 1e-5;
            double slope = (above - run.Loss()) / 2e-5;
            values[i] = before;
            Assert.InRange(Math.Abs(slope - gradients[weight][i]), 0, 1e-7);
        }
    }

    [Fact]
    public void ANewAdapterIsDrawnFromTheSeedAsPeftDrawsIt()
    {
        string folder = Graphs.SharedFiles.Find("models", "hf", "llama");
        FolderWeight[] Drawn(ulong seed)
        {
            var change = new AdapterChange(Adapter.New("r=4,targets=q_proj", folder), new AdapterOptions { Seed = seed });
            return [.. HuggingFaceFolder.Open(folder).Smallest(change).Weights.Where(w => w.Role == InputRole.Parameter)];
        }

        var (one, same, other) = (Drawn(1), Drawn(1), Drawn(2));
        Assert.Equal(one.Select(w => w.Elements), same.Select(w => w.Elements));
        Assert.All(one.Where(w => w.Name.Contains("lora_A", StringComparison.Ordinal)).Zip(other.Where(w => w.Name.Contains("lora_A", StringComparison.Ordinal))), pair =>
        {
            Assert.NotEqual(pair.First.Elements, pair.Second.Elements);
            Assert.InRange(pair.First.Elements.Max(Math.Abs), 0.1, 1 / Math.Sqrt(32));
        });
        Assert.All(one.Where(w => w.Name.Contains("lora_B", StringComparison.Ordinal)), w => Assert.All(w.Elements, x => Assert.Equal(0, x)));
    }

    [Theory]
    [InlineData("r=0,targets=q_proj", "r that is no whole numb")]
    [InlineData("r=eight", "'eight'")]
    [InlineData("alpa=8", "did you mean alpha?")]
    [InlineData("r=8,targets=q_prj", "did you mean q_proj?")]
    [InlineData("r=8,targets=", "nothing for targets")]
    [InlineData("r=8,bias=some", "bias 'some'")]
    [InlineData("r=8,targets=re:(((", "no regular expression")]
    public void WhatANewAdapterCannotBeIsSaid(string text, string why)
    {
        string folder = Graphs.SharedFiles.Find("models", "hf", "llama");
        var refused = Assert.ThrowsAny<NonsmoothException>(() => HuggingFaceFolder.Open(folder).Smallest(new AdapterChange(Adapter.New(text, folder))));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    // An adapter of that form with numbers in every tensor, through its file.
    private static Adapter Trained(string folder, string text, string fields, string at)
    {
        string first = Path.Combine(at, "config"), second = Path.Combine(at, "trained");
        Adapter.New(text, folder).Write(first, new Dictionary<string, StoredTensor>());
        var config = JsonNode.Parse(File.ReadAllText(Path.Combine(first, Adapter.ConfigFile)))!.AsObject();
        foreach (var (name, value) in fields.Length == 0 ? [] : JsonNode.Parse(fields)!.AsObject().ToArray())
        {
            config[name] = value?.DeepClone();
        }

        var shaped = Adapter.Of(AdapterConfig.Read(Encoding.UTF8.GetBytes(config.ToJsonString(new JsonSerializerOptions()))));
        var change = new AdapterChange(shaped);
        var tensors = HuggingFaceFolder.Open(folder).Smallest(change).Weights.Where(w => w.Role == InputRole.Parameter).ToDictionary(w => w.Name, w =>
        {
            float[] values = new float[w.Shape.Elements];
            new CounterRandom(5).Derive(w.Name).FillUniform(values);
            bool isLength = w.Name.EndsWith("magnitude_vector", StringComparison.Ordinal);
            return StoredTensor.Of<float>(Array.ConvertAll(values, v => isLength ? v + 0.5f : (v - 0.5f) * 0.6f), [.. w.Shape.Select(s => (long)s)]);
        }, StringComparer.Ordinal);
        shaped.Write(second, tensors, change.IsFanInFanOut);
        var adapter = Adapter.Read(second);
        Assert.Equal(change.IsFanInFanOut, adapter.Config.IsFanInFanOut);
        return adapter;
    }

    private static void Same(double[] expected, double[] actual, double allowed)
    {
        double worst = expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(worst <= allowed * Math.Max(1, expected.Max(Math.Abs)), $"{worst:G3} apart");
    }
}
