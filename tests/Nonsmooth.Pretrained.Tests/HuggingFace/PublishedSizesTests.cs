using Nonsmooth.Pretrained.HuggingFace;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Pretrained.Tests.HuggingFace;

/// <summary>Networks of published configurations have the published numbers of parameters, which are counted without weights.</summary>
public sealed class PublishedSizesTests
{
    [Theory]
    [InlineData("TinyLlama 1.1B", 2048, 5632, 22, 32, 4, 1_100_048_384)]
    [InlineData("LLaMA 7B", 4096, 11008, 32, 32, 32, 6_738_415_616)]
    [InlineData("LLaMA 2 70B", 8192, 28672, 80, 64, 8, 68_976_648_192)]
    public void ParametersAreCountedWithoutAllocatingThem(string name, int width, int inner, int layers, int heads, int keys, long parameters)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("config.json"), $$"""
            {"_name_or_path":"{{name}}","architectures":["LlamaForCausalLM"],"hidden_act":"silu","hidden_size":{{width}},"intermediate_size":{{inner}},"max_position_embeddings":2048,"model_type":"llama",
            "num_attention_heads":{{heads}},"num_hidden_layers":{{layers}},"num_key_value_heads":{{keys}},"rms_norm_eps":1e-05,"rope_scaling":null,"tie_word_embeddings":false,"torch_dtype":"float16","vocab_size":32000}
            """);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var network = HuggingFaceFolder.Open(folder.Path).Smallest();
        Assert.Equal(parameters, network.Weights.Sum(w => w.Shape.Count64));
        Assert.All(network.Weights, w => Assert.Null(w.Stored));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 32 << 20);
    }

    [Theory]
    [InlineData("""{"model_type":"gpt2","n_embd":768,"n_head":12,"n_layer":12,"n_positions":1024,"vocab_size":50257}""", 124_439_808)]
    [InlineData("""{"model_type":"bert","architectures":["BertModel"],"hidden_size":768,"intermediate_size":3072,"num_attention_heads":12,"num_hidden_layers":12,"max_position_embeddings":512,"vocab_size":30522}""", 109_482_240)]
    [InlineData("""{"model_type":"distilbert","architectures":["DistilBertModel"],"vocab_size":30522}""", 66_362_880)]
    [InlineData("""{"model_type":"vit","architectures":["ViTForImageClassification"],"hidden_size":768,"intermediate_size":3072,"num_attention_heads":12,"num_hidden_layers":12,"num_labels":1000}""", 86_567_656)]
    [InlineData("""{"model_type":"resnet","architectures":["ResNetForImageClassification"],"depths":[3,4,6,3],"hidden_sizes":[256,512,1024,2048],"num_labels":1000}""", 25_557_032)]
    [InlineData("""{"model_type":"convnext","architectures":["ConvNextForImageClassification"],"depths":[3,3,9,3],"hidden_sizes":[96,192,384,768],"num_labels":1000}""", 28_589_128)]
    [InlineData("""{"model_type":"t5","architectures":["T5ForConditionalGeneration"],"d_model":512,"d_ff":2048,"d_kv":64,"num_heads":8,"num_layers":6,"vocab_size":32128,"feed_forward_proj":"relu"}""", 60_506_624)]
    public void OtherArchitecturesHaveThePublishedNumbersToo(string config, long parameters)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("config.json"), config);
        Assert.Equal(parameters, HuggingFaceFolder.Open(folder.Path).Smallest().Weights.Where(w => w.Role == Programs.InputRole.Parameter).Sum(w => w.Shape.Count64));
    }
}
