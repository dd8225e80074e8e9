using System.Text.Json;
using System.Text.Json.Nodes;
using Nonsmooth.Data.Arrays;
using Nonsmooth.Data.Files;
using Nonsmooth.Pretrained.HuggingFace;

namespace Nonsmooth.Pretrained.Adapters;

/// <summary>Writes a folder again with other tensors.</summary>
internal static class FolderCopy
{
    private const string Config = "config.json";

    // Beside the configuration: what a tokenizer is made of.
    private static readonly string[] _kept = [".json", ".txt", ".model"];

    /// <summary>Copies what is no weight and writes the tensors in one file.</summary>
    /// <param name="from">The folder.</param>
    /// <param name="to">Where to; it is made.</param>
    /// <param name="tensors">The tensors.</param>
    /// <param name="isUntied">Whether the head is tied no longer, which the configuration then says.</param>
    public static void Write(string from, string to, IReadOnlyDictionary<string, StoredTensor> tensors, bool isUntied) => HuggingFaceFolder.Reading(to, () =>
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from).Where(f => _kept.Contains(Path.GetExtension(f)) && !f.EndsWith(".index.json", StringComparison.Ordinal)))
        {
            AtomicFile.Write(Path.Combine(to, Path.GetFileName(file)), stream => stream.Write(
                isUntied && Path.GetFileName(file) == Config ? Untied(File.ReadAllBytes(file)) : File.ReadAllBytes(file)));
        }

        // The library reads no file that does not say for which framework it is.
        SafeTensors.Write(Path.Combine(to, "model.safetensors"), tensors, new Dictionary<string, string> { ["format"] = "pt" });
        return true;
    });

    private static byte[] Untied(byte[] config)
    {
        var fields = JsonNode.Parse(config)!.AsObject();
        fields["tie_word_embeddings"] = false;
        return JsonSerializer.SerializeToUtf8Bytes(fields, AdapterText.Written);
    }
}
