using System.Text.Json;

namespace Nonsmooth.Pretrained.Archives;

/// <summary>Reads arguments, each of which says of which kind it is.</summary>
internal static class Arguments
{
    /// <summary>What an argument is; see <see cref="ArchiveArgument.Value"/>.</summary>
    public static object? Read(JsonElement argument, int depth)
    {
        if (depth > ArchiveLimits.MostDepth)
        {
            throw new ArchiveException($"graphs lie in one another more than {ArchiveLimits.MostDepth} deep");
        }

        var only = argument.Only();
        var value = only.Value;
        return only.Name switch
        {
            "as_none" => null,
            "as_int" => value.GetInt64(),
            "as_bool" => value.GetBoolean(),
            "as_float" => Real(value),
            "as_string" or "as_str" => value.GetString(),
            "as_tensor" or "as_optional_tensor" when value.FieldOrNull("name") is { } name => new ValueName(name.GetString() ?? ""),
            "as_optional_tensor" or "as_sym_int" or "as_sym_bool" or "as_sym_float" => Inner(value, depth),
            "as_name" => new ValueName(value.GetString() ?? ""),
            "as_ints" => List(value, v => v.GetInt64()),
            "as_bools" => List(value, v => v.GetBoolean()),
            "as_floats" => List(value, v => Real(v)),
            "as_strings" => List(value, v => v.GetString()),
            "as_tensors" => List(value, v => new ValueName(v.Text("name"))),
            "as_optional_tensors" or "as_sym_ints" or "as_sym_bools" or "as_sym_floats" => List(value, v => Inner(v, depth)),
            "as_nested_tensors" => List(value, v => List(v, t => new ValueName(t.Text("name")))),
            "as_int_lists" => List(value, v => List(v, i => i.GetInt64())),
            "as_scalar_type" => Enums.Type(value),
            "as_graph" => ModelReader.Graph(value.Field("graph"), depth + 1),
            _ => new ForeignArgument(ArchiveMembers.Printable(only.Name)),
        };
    }

    private static object? Inner(JsonElement value, int depth) => value.FieldOrNull("name") is { } name ? new ValueName(name.GetString() ?? "") : Read(value, depth + 1);

    private static IReadOnlyList<object?> List(JsonElement list, Func<JsonElement, object?> read) => [.. list.EnumerateArray().Select(read)];

    private static double Real(JsonElement value) => value.ValueKind == JsonValueKind.String
        ? value.GetString() switch
        {
            "Infinity" or "inf" => double.PositiveInfinity,
            "-Infinity" or "-inf" => double.NegativeInfinity,
            _ => double.NaN,
        }
        : value.GetDouble();
}
