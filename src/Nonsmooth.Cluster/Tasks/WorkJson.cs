using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Nonsmooth.Cluster;

/// <summary>Results as bytes.</summary>
internal static class WorkJson
{
    private static readonly JsonSerializerOptions _json = new()
    {
        IgnoreReadOnlyProperties = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new Singles() },
    };

    public static byte[] Of<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, _json);

    public static T Read<T>(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize<T>(bytes, _json) ?? throw new JsonException("null");

    // Weights: a quarter of the digits' length.
    private sealed class Singles : JsonConverter<float[]>
    {
        public override float[] Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            MemoryMarshal.Cast<byte, float>(reader.GetBytesFromBase64()).ToArray();

        public override void Write(Utf8JsonWriter writer, float[] value, JsonSerializerOptions options) =>
            writer.WriteBase64StringValue(MemoryMarshal.AsBytes<float>(value));
    }
}
