using Nonsmooth.Data.Arrays;
using Nonsmooth.Pretrained.HuggingFace;

namespace Nonsmooth.Training.ModelFiles;

/// <summary>Language models in folders that HuggingFace's library saved.</summary>
internal sealed class FolderFormat(string path) : IModelFile
{
    private const string Tokens = "input_ids";
    private const string Mask = "attention_mask";
    private const string Weights = "model.safetensors";

    public static ModelFormat Row { get; } = new("HuggingFace's folders", HuggingFaceFolder.Is, path => new FolderFormat(path));

    public IReadOnlyList<FileInput> Inputs { get; } = [new FileInput(Tokens, false, [null, null], ["batch", "tokens"])];

    public string? HeadInput => null;

    public BoundModel Bind(Binding binding)
    {
        if (binding.Outputs.Count > 0)
        {
            throw new NonsmoothException($"'{path}' puts out logits: other outputs are not chosen");
        }

        IReadOnlyList<int> shape = binding.Find(Tokens) is { } array ? [.. array.Shape.Select(s => checked((int)s))]
            : binding.Shapes.GetValueOrDefault(Tokens) ?? throw new NonsmoothException($"'{path}' takes tokens of a shape that is not given: give --input {Tokens}=1x16, or an array '{Tokens}'");
        if (shape is not [var batch and > 0, var tokens and > 0])
        {
            throw new NonsmoothException($"'{path}' takes tokens N×T, and {string.Join('×', shape)} is given");
        }

        var imported = HuggingFaceFolder.Import(path, batch, tokens, binding.Find(Mask) is not null || binding.Shapes.ContainsKey(Mask));
        var others = OtherWeights.Read(binding.Weights);
        return new BoundModel(path, imported.Program, [.. imported.Weights.Select(w => new BoundWeight(w.Name, others?.Of(w.Name, w.Stored.Count, string.Join('×', w.Stored.Shape)) ?? (Array)w.Elements, true))]) { OwnLoss = CausalLoss.Of };
    }

    public void Save(string to, IReadOnlyDictionary<string, float[]> weights, FileHead? head)
    {
        if (head is not null)
        {
            throw new NonsmoothException($"'{path}' gets no other head");
        }

        var tensors = HuggingFaceFolder.Tensors(path).ToDictionary(t => t.Key, t => weights.TryGetValue(t.Key, out float[]? values) ? With(t.Key, t.Value, values) : t.Value, StringComparer.Ordinal);
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(path, "*.json").Where(f => !f.EndsWith(".index.json", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), true);
        }

        // The library reads no file that does not say for which framework it is.
        SafeTensors.Write(Path.Combine(to, Weights), tensors, new Dictionary<string, string> { ["format"] = "pt" });
    }

    private static StoredTensor With(string name, StoredTensor stored, float[] values) => stored.Type == StoredType.F32 && values.Length == stored.Count
        ? StoredTensor.Of<float>(values, stored.Shape.AsSpan())
        : throw new NonsmoothException($"'{name}' is stored as {stored.Type} [{string.Join(", ", stored.Shape)}], and {values.Length} numbers of 32 bits are to be written: save the model in 32 bits first");
}
