using System.Text.Json;

namespace Nonsmooth.Pretrained.Archives;

/// <summary>Fields of objects.</summary>
internal static class Json
{
    /// <summary>A field that has to be there.</summary>
    public static JsonElement Field(this JsonElement value, string name) => value.FieldOrNull(name) ?? throw new ArchiveException($"its description has no '{name}' where there has to be one");

    /// <summary>A field, or null.</summary>
    public static JsonElement? FieldOrNull(this JsonElement value, string name) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var field) ? field : null;

    /// <summary>A text that has to be there.</summary>
    public static string Text(this JsonElement value, string name) => value.Field(name).GetString() ?? throw new ArchiveException($"its description has a '{name}' that is no text");

    /// <summary>The only field of an object that says of which kind its value is.</summary>
    public static JsonProperty Only(this JsonElement value)
    {
        foreach (var property in value.EnumerateObject())
        {
            return property;
        }

        throw new ArchiveException("its description has an empty object where there has to be a value");
    }
}
