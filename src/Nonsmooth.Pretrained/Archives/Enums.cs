using System.Text.Json;

namespace Nonsmooth.Pretrained.Archives;

/// <summary>Values that archives write as numbers or as names.</summary>
internal static class Enums
{
    /// <summary>A type of elements.</summary>
    public static ArchiveType Type(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            string name = value.GetString()!;
            return Enum.TryParse<ArchiveType>(name, true, out var named) && Enum.IsDefined(named) ? named : throw Unknown($"'{ArchiveMembers.Printable(name)}'");
        }

        int code = value.GetInt32();
        return Enum.IsDefined((ArchiveType)code) ? (ArchiveType)code : throw Unknown($"{code}");
    }

    /// <summary>Whether an argument is given by its name.</summary>
    public static bool ByName(JsonElement? kind) => kind is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() == 2 : kind is { ValueKind: JsonValueKind.String } text && text.GetString() == "KEYWORD";

    private static ArchiveException Unknown(string type) => new($"a tensor has elements of type {type}, which is none of PyTorch's up to schema version {ModelReader.SchemaMajor}");
}
