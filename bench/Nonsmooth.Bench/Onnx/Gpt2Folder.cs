using Nonsmooth.Data.Arrays;
using Nonsmooth.Pretrained.HuggingFace;
using Nonsmooth.Randomness;

namespace Nonsmooth.Bench.Onnx;

/// <summary>A folder of GPT-2's size, 124 million parameters, as HuggingFace's library saves one, with drawn weights.</summary>
internal static class Gpt2Folder
{
    public const int Vocabulary = 50257;
    private static readonly string _config = $$"""{ "model_type": "gpt2", "n_embd": 768, "n_head": 12, "n_layer": 12, "n_positions": 1024, "vocab_size": {{Vocabulary}} }""";

    public static void Write(string folder, StoredType type)
    {
        File.WriteAllText(Path.Combine(folder, "config.json"), _config);
        var tensors = HuggingFaceFolder.Open(folder).Smallest().Weights.ToDictionary(w => w.Name, w =>
        {
            float[] values = new float[w.Shape.Elements];
            new CounterRandom(1).Derive(w.Name).FillNormal(values);
            return StoredTensor.Rounded(type, Array.ConvertAll(values, v => 0.02f * v), [.. w.Shape.Select(s => (long)s)]);
        }, StringComparer.Ordinal);
        SafeTensors.Write(Path.Combine(folder, "model.safetensors"), tensors, new Dictionary<string, string> { ["format"] = "pt" });
    }
}
