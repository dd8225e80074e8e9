using System.Text;
using System.Text.Json;

namespace Nonsmooth.Data.Arrays;

/// <summary>The JSON header of a safetensors file, checked against the bytes that follow it.</summary>
/// <param name="Entries">The tensors in the order of their bytes, without gap or overlap.</param>
/// <param name="Metadata">The texts, without the checksum.</param>
/// <param name="Checksum">The checksum, or null where the file has none.</param>
internal sealed record SafeTensorsHeader(
    IReadOnlyList<SafeTensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata, string? Checksum)
{
    private const string MetadataKey = "__metadata__";
    private const string ChecksumStart = $"{{\"{MetadataKey}\":{{\"{SafeTensors.ChecksumKey}\":\"";

    /// <summary>Where the eight digits of the checksum stand in a header that <see cref="Format"/> made.</summary>
    public static int ChecksumOffset => ChecksumStart.Length;

    /// <summary>The header of tensors in their order, its checksum still zeros, padded to a multiple of 8 bytes.</summary>
    public static byte[] Format(IReadOnlyList<KeyValuePair<string, StoredTensor>> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            json.WriteString(SafeTensors.ChecksumKey, SafeTensors.NoChecksum);
            foreach (var (key, text) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                json.WriteString(key != SafeTensors.ChecksumKey ? key : throw new ArgumentException($"The metadata entry {key} is reserved."), text);
            }

            json.WriteEndObject();
            var begin = 0L;
            foreach (var (name, tensor) in tensors)
            {
                json.WriteStartObject(name != MetadataKey ? name : throw new ArgumentException($"A tensor cannot be called {name}."));
                json.WriteString("dtype", tensor.Type.Name());
                json.WriteStartArray("shape");
                foreach (var size in tensor.Shape)
                {
                    json.WriteNumberValue(size);
                }

                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(begin);
                json.WriteNumberValue(begin += tensor.Bytes.Length);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        while (stream.Length % 8 != 0)
        {
            stream.WriteByte((byte)' ');
        }

        return stream.ToArray();
    }

    /// <summary>Reads a header and checks that its tensors fill the data exactly.</summary>
    public static SafeTensorsHeader Parse(string path, byte[] header, long dataLength)
    {
        if (header is not [(byte)'{', ..])
        {
            throw SafeTensors.Damaged(path, "its header does not start with '{'");
        }

        try
        {
            using var json = JsonDocument.Parse(header, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
            var entries = new List<SafeTensorsEntry>();
            var metadata = new Dictionary<string, string>();
            foreach (var property in json.RootElement.EnumerateObject())
            {
                if (property.Name == MetadataKey)
                {
                    ReadMetadata(path, property.Value, metadata);
                }
                else
                {
                    entries.Add(SafeTensorsEntryReader.Read(path, property.Name, property.Value));
                }
            }

            metadata.Remove(SafeTensors.ChecksumKey, out var checksum);
            return new SafeTensorsHeader(InOrder(path, entries, dataLength), metadata, checksum);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or DecoderFallbackException)
        {
            // InvalidOperationException: a text with bytes that are not UTF-8, or half a surrogate pair.
            throw new NonsmoothException(SafeTensors.Damaged(path, $"its header is not valid JSON{Where(e)}").Message, e);
        }
    }

    /// <summary>The header with the digits of its checksum replaced by zeros.</summary>
    public byte[] WithoutChecksum(byte[] header)
    {
        var copy = (byte[])header.Clone();
        if (copy.AsSpan().StartsWith(Encoding.UTF8.GetBytes(ChecksumStart)) && Checksum!.Length == SafeTensors.NoChecksum.Length)
        {
            Encoding.ASCII.GetBytes(SafeTensors.NoChecksum, copy.AsSpan(ChecksumOffset));
        }

        return copy;
    }

    private static string Where(Exception e) =>
        e is JsonException { LineNumber: { } line, BytePositionInLine: { } at } ? $" (line {line + 1}, byte {at + 1})" : "";

    private static void ReadMetadata(string path, JsonElement element, Dictionary<string, string> metadata)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw SafeTensors.Damaged(path, $"its {MetadataKey} is not an object");
        }

        foreach (var property in element.EnumerateObject())
        {
            metadata.Add(property.Name, property.Value.ValueKind == JsonValueKind.String
                ? property.Value.GetString()!
                : throw SafeTensors.Damaged(path, $"its metadata entry {JsonEncodedText.Encode(property.Name)} is not a text"));
        }
    }

    private static List<SafeTensorsEntry> InOrder(string path, List<SafeTensorsEntry> entries, long dataLength)
    {
        var ordered = entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End).ToList();
        var end = 0L;
        foreach (var entry in ordered)
        {
            if (entry.Begin != end)
            {
                var what = entry.Begin < end ? "overlaps the one before" : "leaves a gap before it";
                throw SafeTensors.Damaged(path, $"tensor {JsonEncodedText.Encode(entry.Name)} {what}, at byte {entry.Begin} instead of {end} of the data");
            }

            end = entry.End;
        }

        return end == dataLength ? ordered : throw SafeTensors.Damaged(path, $"its tensors take {end} bytes but {dataLength} follow the header");
    }
}
