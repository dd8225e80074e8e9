using Nonsmooth.Data.Arrays;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cli.Tests.ModelFiles;

/// <summary>A folder of HuggingFace is a model of every verb.</summary>
public sealed class FolderTests : IDisposable
{
    private const string Weights = "model.safetensors";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("bert_cls", 44)]
    [InlineData("t5", 54)]
    [InlineData("resnet", 41)]
    public void AFolderIsVerified(string name, int tensors)
    {
        string path = Recorded(name);
        var run = Run("verify", path, "--against", path + ".npz", "--json");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(tensors, run.Json.GetProperty("tensors").GetArrayLength());
    }

    [Fact]
    public void ItsOwnLossIsOfLabels()
    {
        string path = Recorded("distilbert_tok");
        var run = Run("run", path, "--inputs", path + ".npz", "--loss", "own", "--gradient", "--out", "out.npz");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(Numpy.Read(path + ".npz")["lm_loss"].ToDoubles()[0], Numpy.Read(_folder.File("out.npz"))["loss"].ToDoubles()[0], 1e-5);
        Assert.Contains("grad.classifier.weight", Numpy.Read(_folder.File("out.npz")).Keys);
    }

    [Fact]
    public void TrainingGivesTheFolderBackWithItsWeights()
    {
        string path = Recorded("gpt2");
        File.WriteAllBytes(_folder.File("ids.bin"), [.. Enumerable.Range(0, 2000).SelectMany(i => BitConverter.GetBytes((ushort)(i * i % 96)))]);
        var run = Run("train", path, "--data", "text:ids.bin", "--tokens", "16", "--train-count", "32", "--test-count", "4", "--batch", "8", "--epochs", "1", "--rate", "0.01", "--out", "tuned", "--json");
        Assert.True(run.ExitCode == 0, run.Error);
        var (before, after, best) = (Tensors(path), Tensors(_folder.File("tuned")), SafeTensors.Read(_folder.File("tuned/best.safetensors")).Tensors);
        Assert.Equal(before.Keys.Order(StringComparer.Ordinal), after.Keys.Order(StringComparer.Ordinal));
        Assert.All(after, t => Assert.Equal(best[t.Key].ToSingles(), t.Value.ToSingles()));
        Assert.NotEqual(before["transformer.wte.weight"].ToSingles(), after["transformer.wte.weight"].ToSingles());
        Assert.Equal(File.ReadAllBytes(Path.Combine(path, "config.json")), File.ReadAllBytes(_folder.File("tuned/config.json")));
        Assert.Equal(0, Run("run", "tuned", "--inputs", path + ".npz", "--out", "out.npz").ExitCode);
        Assert.Contains("is the model that is trained", Run("train", "tuned", "--data", "text:ids.bin", "--tokens", "16", "--out", "tuned").Error, StringComparison.Ordinal);
        Assert.Contains("cannot be written as", Run("train", path, "--data", "text:ids.bin", "--tokens", "16", "--out", "tuned.onnx").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AdaptersOfTheLibrarysOwnAreFoldedIn()
    {
        string path = Recorded("llama");
        File.WriteAllBytes(_folder.File("ids.bin"), [.. Enumerable.Range(0, 600).SelectMany(i => BitConverter.GetBytes((ushort)(i * i % 96)))]);
        var run = Run("train", path, "--lora", "2", "--lora-on", "q_proj", "--weights", Path.Combine(path, Weights), "--data", "text:ids.bin", "--tokens", "8", "--batch", "8", "--epochs", "1", "--rate", "0.05", "--out", "tuned", "--json");
        Assert.True(run.ExitCode == 0, run.Error);
        var (before, after) = (Tensors(path), Tensors(_folder.File("tuned")));
        Assert.Equal(before.Keys.Order(StringComparer.Ordinal), after.Keys.Order(StringComparer.Ordinal));
        string[] changed = [.. before.Keys.Where(k => !before[k].Bytes.Span.SequenceEqual(after[k].Bytes.Span)).Order(StringComparer.Ordinal)];
        Assert.Equal(["model.layers.0.self_attn.q_proj.weight", "model.layers.1.self_attn.q_proj.weight"], changed);
    }

    [Fact]
    public void AClassifierIsReplacedAndItsLabelsWithIt()
    {
        string path = Recorded("vit");
        var random = new Random(5);
        float[] x = [.. Enumerable.Range(0, 24 * 3 * 16 * 16).Select(_ => random.NextSingle())];
        Numpy.Write(_folder.File("images.npz"), new Dictionary<string, StoredTensor> { ["x"] = StoredTensor.Of<float>(x, 24, 3, 16, 16), ["target"] = StoredTensor.Of<long>([.. Enumerable.Range(0, 24).Select(i => i % 3L)], 24) });
        var run = Run("train", path, "--data", "images.npz", "--replace-head", "3", "--freeze", "*", "--epochs", "1", "--batch", "8", "--out", "tuned", "--json");
        Assert.True(run.ExitCode == 0, run.Error);
        var (before, after) = (Tensors(path), Tensors(_folder.File("tuned")));
        Assert.Equal([3L, 32L], after["classifier.weight"].Shape);
        Assert.Equal(before["vit.layernorm.weight"].ToSingles(), after["vit.layernorm.weight"].ToSingles());
        Assert.Equal(0, Run("run", "tuned", "--inputs", path + ".npz", "--out", "out.npz").ExitCode);
        Assert.Equal([2L, 3L], Numpy.Read(_folder.File("out.npz"))["logits"].Shape);
        Assert.Contains("no classifier in whose place", Run("train", Recorded("gpt2"), "--data", "images.npz", "--replace-head", "3").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ATextIsCutByTheFoldersOwnTokenizer()
    {
        string pairs = Path.Combine(SharedData.FolderOrSkip("gpt2"), "gpt2");
        Directory.CreateDirectory(_folder.File("small"));
        File.Copy(Path.Combine(pairs, "encoder.json"), _folder.File("small/vocab.json"));
        File.Copy(Path.Combine(pairs, "vocab.bpe"), _folder.File("small/merges.txt"));
        Gpt2("small", 50257, 4);
        File.WriteAllText(_folder.File("mine.txt"), string.Concat(Enumerable.Repeat("To be, or not to be, that is the question. ", 20)));
        var run = Run("train", "small", "--data", "text:mine.txt", "--tokens", "8", "--batch", "4", "--epochs", "1", "--out", "tuned", "--json");
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal(File.ReadAllBytes(_folder.File("small/merges.txt")), File.ReadAllBytes(_folder.File("tuned/merges.txt")));
        File.Delete(_folder.File("small/merges.txt"));
        Assert.Contains("has no tokenizer", Run("train", "small", "--data", "text:mine.txt", "--tokens", "8").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AConfigurationAloneIsCountedAndNotRun()
    {
        Directory.CreateDirectory(_folder.File("tiny"));
        File.WriteAllText(_folder.File("tiny/config.json"), """{"architectures":["LlamaForCausalLM"],"model_type":"llama","hidden_size":2048,"intermediate_size":5632,"num_hidden_layers":22,"num_attention_heads":32,"num_key_value_heads":4,"vocab_size":32000,"rms_norm_eps":1e-5,"max_position_embeddings":2048}""");
        File.WriteAllBytes(_folder.File("ids.bin"), new byte[40_000]);
        Assert.Equal(1_100_048_384, Run("cost", "tiny", "--json").Json.GetProperty("parameters").GetInt64());
        Assert.Equal(0, Run("kinks", "tiny").ExitCode);
        foreach (string[] verb in (string[][])[["run", "tiny", "--input", "input_ids=1x4"], ["audit", "tiny", "--data", "text:ids.bin", "--tokens", "8", "--training-steps", "0"], ["train", "tiny", "--data", "text:ids.bin", "--tokens", "8"]])
        {
            var run = Run(verb);
            Assert.NotEqual(0, run.ExitCode);
            Assert.Contains("without the numbers of 201 weights", run.Error, StringComparison.Ordinal);
            Assert.Single(run.Error.Trim().Split('\n'));
        }
    }

    private static string Recorded(string name) => Path.Combine(SharedData.FolderOrSkip("models"), "models", "hf", name);

    private static IReadOnlyDictionary<string, StoredTensor> Tensors(string folder) => SafeTensors.Read(Path.Combine(folder, Weights)).Tensors;

    // A network of one layer, as the library saves it.
    private void Gpt2(string name, int vocabulary, int width)
    {
        File.WriteAllText(_folder.File($"{name}/config.json"), $$"""{"architectures":["GPT2LMHeadModel"],"model_type":"gpt2","n_embd":{{width}},"n_head":1,"n_layer":1,"n_positions":16,"vocab_size":{{vocabulary}}}""");
        var random = new Random(7);
        var tensors = new Dictionary<string, StoredTensor>();
        void Add(string key, params long[] shape) => tensors[$"transformer.{key}"] = StoredTensor.Of<float>([.. Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b)).Select(_ => (random.NextSingle() - 0.5f) * 0.2f)], shape);
        void Layer(string key, long from, long to)
        {
            Add($"{key}.weight", from, to);
            Add($"{key}.bias", to);
        }

        void Norm(string key)
        {
            Add($"{key}.weight", width);
            Add($"{key}.bias", width);
        }

        Add("wte.weight", vocabulary, width);
        Add("wpe.weight", 16, width);
        Norm("h.0.ln_1");
        Layer("h.0.attn.c_attn", width, 3 * width);
        Layer("h.0.attn.c_proj", width, width);
        Norm("h.0.ln_2");
        Layer("h.0.mlp.c_fc", width, 4 * width);
        Layer("h.0.mlp.c_proj", 4 * width, width);
        Norm("ln_f");
        SafeTensors.Write(_folder.File($"{name}/{Weights}"), tensors, new Dictionary<string, string> { ["format"] = "pt" });
    }

    private ToolRun Run(params string[] arguments) => ToolRun.In(_folder.Path, arguments);
}
