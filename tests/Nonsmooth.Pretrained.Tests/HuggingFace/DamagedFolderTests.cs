using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Nonsmooth.Pretrained.HuggingFace;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Pretrained.Tests.HuggingFace;

/// <summary>Folders that disks damaged and enemies made: each is read or refused in one line, soon, in little memory; nothing in it is run.</summary>
[Trait("Speed", "Slow")]
public sealed class DamagedFolderTests(ITestOutputHelper output)
{
    private const string Weights = "model.safetensors";
    private const string Config = "config.json";
    private const string Index = "model.safetensors.index.json";

    [Theory]
    [InlineData("gpt2_small", Weights)]
    [InlineData("llama_tied_sharded", Index)]
    [InlineData("llama_tied_sharded", Config)]
    [InlineData("gemma2_caps", Config)]
    [InlineData("qwen3", Config)]
    [InlineData("roberta_cls", Config)]
    [InlineData("t5", Config)]
    [InlineData("vit", Config)]
    [InlineData("resnet", Config)]
    [InlineData("convnext_wide", Config)]
    public void DamagedFilesAreReadOrRefused(string name, string file)
    {
        using var folder = Of(name);
        byte[] whole = File.ReadAllBytes(folder.Place(file));
        var (read, refused) = Fuzz.Try([whole], bytes =>
        {
            File.WriteAllBytes(folder.Place(file), bytes);
            Read(folder.Folder);
        });
        output.WriteLine($"{name}, {file}: {read} read, {refused} refused");
        Assert.True(refused > 0);
    }

    [Theory]
    [InlineData("gpt2")]
    [InlineData("mistral_window")]
    [InlineData("bert_cls")]
    [InlineData("vit")]
    [InlineData("resnet")]
    [InlineData("convnext_wide")]
    [InlineData("t5")]
    public void DamagedConfigurationsWithoutWeightsAreReadOrRefused(string name)
    {
        using var folder = Of(name);
        File.Delete(folder.Place(Weights));
        var (read, refused) = Fuzz.Try([File.ReadAllBytes(folder.Place(Config))], bytes =>
        {
            File.WriteAllBytes(folder.Place(Config), bytes);
            Read(folder.Folder);
        });
        output.WriteLine($"{name} without weights: {read} read, {refused} refused");
        Assert.True(refused > 0);
    }

    [Theory]
    [InlineData("../model-00001-of-00003.safetensors", "no file of the folder")]
    [InlineData("/etc/passwd", "no file of the folder")]
    [InlineData("/etc/x.safetensors", "no file of the folder")]
    [InlineData("sub/x.safetensors", "no file of the folder")]
    [InlineData("", "no file of the folder")]
    [InlineData("config.json", "no file of the folder")]
    [InlineData("model-00009-of-00003.safetensors", "which is not there")]
    [InlineData("model-00003-of-00003.safetensors", "where model.safetensors.index.json says that it is")]
    public void AnIndexNamesFilesOfTheFolder(string shard, string why)
    {
        using var folder = new ChangedFolder("llama_tied_sharded");
        var index = JsonNode.Parse(File.ReadAllText(folder.Place(Index)))!;
        var map = index["weight_map"]!.AsObject();
        map[map.First(p => p.Value!.GetValue<string>().Contains("00001", StringComparison.Ordinal)).Key] = shard;
        File.WriteAllText(folder.Place(Index), index.ToJsonString());
        Assert.Contains(why, folder.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void ShardsThatOverlapAreRefused()
    {
        using var folder = new ChangedFolder("llama_tied_sharded");
        File.Copy(folder.Place("model-00001-of-00003.safetensors"), folder.Place("again.safetensors"));
        var index = JsonNode.Parse(File.ReadAllText(folder.Place(Index)))!;
        var map = index["weight_map"]!.AsObject();
        map[map.First(p => p.Value!.GetValue<string>().Contains("00001", StringComparison.Ordinal)).Key] = "again.safetensors";
        File.WriteAllText(folder.Place(Index), index.ToJsonString());
        Assert.Contains("is in two shards", folder.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void AShardThatIsAFolderIsRefused()
    {
        using var folder = new ChangedFolder("gpt2");
        File.Delete(folder.Place(Weights));
        Directory.CreateDirectory(folder.Place(Weights));
        var refused = Assert.ThrowsAny<NonsmoothException>(() => HuggingFaceFolder.Open(folder.Folder).Tensors ?? throw new FolderException("weights are absent"));
        Assert.DoesNotContain(refused.Message, char.IsControl);
    }

    [Fact]
    public void LinksToDevicesAreNotRead()
    {
        using var folder = new ChangedFolder("gpt2");
        File.Delete(folder.Place(Weights));
        File.CreateSymbolicLink(folder.Place(Weights), "/dev/zero");
        Assert.Contains("it is a device, not a file", folder.Refusal(), StringComparison.Ordinal);
        File.Delete(folder.Place(Config));
        File.CreateSymbolicLink(folder.Place(Config), "/dev/zero");
        Assert.Contains("it is a device, not a file", folder.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void LinksToFilesAreFollowedAsInTheLibrarysCache()
    {
        using var folder = new ChangedFolder("gpt2");
        File.Delete(folder.Place(Weights));
        File.CreateSymbolicLink(folder.Place(Weights), Path.Combine(folder.Source, Weights));
        folder.Import();
    }

    [Fact]
    public void CodeInAFolderIsNeverRun()
    {
        using var folder = new ChangedFolder("gpt2");
        string trace = folder.Place("ran");
        File.WriteAllText(folder.Place("modeling_evil.py"), $"open({JsonSerializer.Serialize(trace)}, 'w').write('ran')");
        folder.Configured(c => c["auto_map"] = new JsonObject { ["AutoConfig"] = "modeling_evil.Config", ["AutoModel"] = "modeling_evil.Model" }).Import();
        Assert.False(File.Exists(trace));
    }

    [Fact]
    public void AHeaderThatPromisesMoreThanTheFileHasIsRefused()
    {
        using var folder = new ChangedFolder("gpt2");
        byte[] header = Encoding.UTF8.GetBytes("""{"transformer.wte.weight":{"dtype":"F32","shape":[1000000,250],"data_offsets":[0,1000000000]}}""");
        File.WriteAllBytes(folder.Place(Weights), [.. BitConverter.GetBytes((long)header.Length), .. header]);
        Assert.Contains("is damaged or not a safetensors file", folder.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void AMillionTensorsAreRefusedInLittleTime()
    {
        using var folder = new ChangedFolder("gpt2");
        var header = new StringBuilder("{");
        for (int i = 0; i < 1_000_000; i++)
        {
            header.Append(i == 0 ? "" : ",").Append("\"t").Append(i).Append("\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}");
        }

        byte[] bytes = Encoding.UTF8.GetBytes(header.Append('}').ToString());
        File.WriteAllBytes(folder.Place(Weights), [.. BitConverter.GetBytes((long)bytes.Length), .. bytes]);
        var time = System.Diagnostics.Stopwatch.StartNew();
        Assert.Contains("it has no tensor 'transformer.wte.weight'", folder.Refusal(), StringComparison.Ordinal);
        Assert.True(time.Elapsed < TimeSpan.FromSeconds(60), $"{time.Elapsed}");
    }

    [Fact]
    public void AThousandThousandLayersAreRefused()
    {
        using var folder = new ChangedFolder("llama");
        File.Delete(folder.Place(Weights));
        Assert.Contains("num_hidden_layers", folder.Configured(c => c["num_hidden_layers"] = 1_000_000).Refusal(), StringComparison.Ordinal);
    }

    private static ChangedFolder Of(string name) => name != "gpt2_small" ? new ChangedFolder(name)
        : new ChangedFolder("gpt2").Configured(c => (c["n_layer"], c["vocab_size"]) = (1, 8)).Stored(tensors =>
        {
            foreach (string key in tensors.Keys.Where(k => k.StartsWith("transformer.h.1.", StringComparison.Ordinal)).ToList())
            {
                tensors.Remove(key);
            }

            var table = tensors["transformer.wte.weight"];
            tensors["transformer.wte.weight"] = Data.Arrays.StoredTensor.Of<float>(table.ToSingles().AsSpan(0, 8 * 32), 8, 32);
        });

    private static void Read(string folder)
    {
        var imported = ChangedFolder.Imported(folder);
        Assert.All(imported.Weights.Where(w => w.Stored is not null), w => Assert.Equal(w.Shape.Elements, w.Elements.Length));
    }
}
