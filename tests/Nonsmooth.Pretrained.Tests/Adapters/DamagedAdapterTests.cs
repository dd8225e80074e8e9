using System.Text;
using Nonsmooth.Data.Arrays;
using Nonsmooth.Pretrained.Adapters;
using Nonsmooth.Pretrained.HuggingFace;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Pretrained.Tests.Adapters;

/// <summary>Adapters that disks damaged and enemies made: each is read or refused in one line, soon, in little memory.</summary>
[Trait("Speed", "Slow")]
public sealed class DamagedAdapterTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("gpt2_bias_lora_only", "gpt2")]
    [InlineData("llama_dora", "llama")]
    [InlineData("llama_save_head", "llama")]
    public void DamagedConfigurationsAreReadOrRefused(string name, string model) => Damaged(name, model, Adapter.ConfigFile);

    [Theory]
    [InlineData("gpt2_rslora_all", "gpt2")]
    [InlineData("llama_qv", "llama")]
    public void DamagedTensorsAreReadOrRefused(string name, string model) => Damaged(name, model, Adapter.WeightsFile);

    [Theory]
    [InlineData("\"LORA\"", "\"IA3\"", "is a IA3")]
    [InlineData("\"r\": 4", "\"r\": 0", "r that is no whole numb")]
    [InlineData("\"r\": 4", "\"r\": 5", "[5, 32]")]
    [InlineData("\"lora_alpha\": 8", "\"lora_alpha\": -1", "lora_alpha that is no number above 0")]
    [InlineData("\"lora_alpha\": 8", "\"lora_alpha\": \"8\"", "lora_alpha that is no number")]
    [InlineData("\"lora_dropout\": 0.1", "\"lora_dropout\": 1.5", "lora_dropout")]
    [InlineData("\"bias\": \"none\"", "\"bias\": \"all\\u001b[31m\"", "bias 'all?[31m'")]
    [InlineData("\"use_dora\": false", "\"use_dora\": true", "has no 'base_model.model.model.layers.0.self_attn.q_proj.lora_magnitude_vector'")]
    [InlineData("\"v_proj\"", "\"k_proj\"", "k_proj.lora_A.weight'")]
    [InlineData("\"q_proj\",", "", "4 tensors that")]
    [InlineData("\"target_modules\": [", "\"target_modules\": [7, ", "target_modules that are no names")]
    [InlineData("\"modules_to_save\": null", "\"modules_to_save\": [\"lm_head\"]", "modules_to_save")]
    [InlineData("\"rank_pattern\": {}", "\"rank_pattern\": {\"q_proj\": 5}", "[5, 32]")]
    [InlineData("\"rank_pattern\": {}", "\"rank_pattern\": {\"(x+x+)+y|(((\": 5}", "no regular expression")]
    [InlineData("\"rank_pattern\": {}", "\"rank_pattern\": {\"([a-z._0-9]+)+!\": 5}", "takes too long")]
    [InlineData("\"layers_to_transform\": null", "\"layers_to_transform\": [0]", "4 tensors that")]
    [InlineData("\"init_lora_weights\": true", "\"init_lora_weights\": \"pissa\"", "pissa")]
    [InlineData("\"target_parameters\": null", "\"target_parameters\": [\"x\"]", "target_parameters")]
    [InlineData("\"lora_bias\": false", "\"lora_bias\": true", "lora_bias")]
    public void WhatIsWrongIsSaid(string from, string to, string why)
    {
        var (_, config) = Files("llama_qv");
        string text = Encoding.UTF8.GetString(config);
        Assert.Contains(from, text, StringComparison.Ordinal);
        var refused = Assert.ThrowsAny<NonsmoothException>(() => Open("llama_qv", "llama", Adapter.ConfigFile, Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal))));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(refused.Message, char.IsControl);
    }

    [Fact]
    public void APickleAndAFolderWithoutAnAdapterAreRefused()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("has no adapter_config.json", Assert.ThrowsAny<NonsmoothException>(() => Adapter.Read(folder.Path)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(Path.Combine(folder.Path, Adapter.ConfigFile), Files("llama_qv").Config);
        Assert.Contains("has no adapter_model.safetensors", Assert.ThrowsAny<NonsmoothException>(() => Adapter.Read(folder.Path)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(Path.Combine(folder.Path, "adapter_model.bin"), [128, 2]);
        Assert.Contains("safe_serialization=True", Assert.ThrowsAny<NonsmoothException>(() => Adapter.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnAdapterOfAnotherNetworkIsRefused()
    {
        var adapter = Adapter.Read(Graphs.SharedFiles.Find("models", "peft", "llama_qv"));
        var refused = Assert.ThrowsAny<NonsmoothException>(() => HuggingFaceFolder.Open(Graphs.SharedFiles.Find("models", "hf", "gpt2")).Smallest(new AdapterChange(adapter)));
        Assert.Contains("q_proj, v_proj, are no linear layer of a gpt2: it has c_attn, c_proj, c_fc, lm_head", refused.Message, StringComparison.Ordinal);
    }

    private void Damaged(string name, string model, string file)
    {
        var (weights, config) = Files(name);
        var (read, refused) = Fuzz.Try([file == Adapter.ConfigFile ? config : weights], bytes => Open(name, model, file, bytes));
        output.WriteLine($"{file} of {name}: {read} read, {refused} refused");
        Assert.True(refused > 0);
    }

    private static void Open(string name, string model, string changed, byte[] bytes)
    {
        using var folder = new TemporaryFolder();
        var (weights, config) = Files(name);
        File.WriteAllBytes(Path.Combine(folder.Path, Adapter.ConfigFile), changed == Adapter.ConfigFile ? bytes : config);
        File.WriteAllBytes(Path.Combine(folder.Path, Adapter.WeightsFile), changed == Adapter.WeightsFile ? bytes : weights);
        var adapter = Adapter.Read(folder.Path);
        HuggingFaceFolder.Open(Graphs.SharedFiles.Find("models", "hf", model)).Smallest(new AdapterChange(adapter));
        adapter.Write(Path.Combine(folder.Path, "again"), new Dictionary<string, StoredTensor>());
    }

    private static (byte[] Weights, byte[] Config) Files(string name)
    {
        string folder = Graphs.SharedFiles.Find("models", "peft", name);
        return (File.ReadAllBytes(Path.Combine(folder, Adapter.WeightsFile)), File.ReadAllBytes(Path.Combine(folder, Adapter.ConfigFile)));
    }
}
