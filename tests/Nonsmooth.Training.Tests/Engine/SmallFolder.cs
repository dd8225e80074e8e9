using Nonsmooth.Data.Arrays;
using Nonsmooth.Pretrained.HuggingFace;
using Nonsmooth.Randomness;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Training.Tests.Engine;

/// <summary>A language model in a folder as HuggingFace's library saves them, with drawn weights, and token ids to train it on.</summary>
internal static class SmallFolder
{
    public const int Vocabulary = 12;

    /// <summary>The configuration of a GPT-2.</summary>
    public static string Gpt2(int width, int layers, int heads, int positions, int vocabulary) =>
        $$"""{ "model_type": "gpt2", "n_embd": {{width}}, "n_head": {{heads}}, "n_layer": {{layers}}, "n_positions": {{positions}}, "vocab_size": {{vocabulary}} }""";

    /// <summary>Writes a folder.</summary>
    /// <param name="path">Where.</param>
    /// <param name="config">Its configuration.</param>
    /// <param name="type">How its weights are stored.</param>
    public static string Write(string path, string config, StoredType type = StoredType.F32)
    {
        Directory.CreateDirectory(path);
        File.WriteAllText(Path.Combine(path, "config.json"), config);
        var tensors = HuggingFaceFolder.Open(path).Smallest().Weights.ToDictionary(w => w.Name, w =>
        {
            float[] values = new float[w.Shape.Elements];
            new CounterRandom(3).Derive(w.Name).FillNormal(values);
            bool isGain = w.Name.Contains("ln_", StringComparison.Ordinal) && w.Name.EndsWith("weight", StringComparison.Ordinal);
            return StoredTensor.Rounded(type, Array.ConvertAll(values, v => (isGain ? 1 : 0) + (0.02f * v)), [.. w.Shape.Select(s => (long)s)]);
        }, StringComparer.Ordinal);
        SafeTensors.Write(Path.Combine(path, "model.safetensors"), tensors, new Dictionary<string, string> { ["format"] = "pt" });
        return path;
    }

    /// <summary>A small one in a folder.</summary>
    public static string Write(TemporaryFolder folder, StoredType type = StoredType.F32) => Write(folder.File("small"), Gpt2(8, 1, 2, 8, Vocabulary), type);

    /// <summary>Writes examples of tokens of which each is the next one's ground, and returns the file.</summary>
    public static string Tokens(TemporaryFolder folder, int examples = 60, int length = 6, int vocabulary = Vocabulary)
    {
        long Token(int example, int at) => ((example * 5) + (at * (1 + (example % 3)))) % vocabulary;
        long[] Run(int shift) => [.. Enumerable.Range(0, examples).SelectMany(e => Enumerable.Range(0, length).Select(t => Token(e, t + shift)))];
        SafeTensors.Write(folder.File("tokens.safetensors"), new Dictionary<string, StoredTensor>
        {
            ["input_ids"] = StoredTensor.Of<long>(Run(0), examples, length), ["target"] = StoredTensor.Of<long>(Run(1), examples, length),
        });
        return folder.File("tokens.safetensors");
    }
}
