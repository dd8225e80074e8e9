using System.Text.Json;

namespace Nonsmooth.Pretrained.Archives;

/// <summary>Reads the description of a graph. Fields that it does not know are left alone.</summary>
internal static class ModelReader
{
    /// <summary>The version of the description that is read.</summary>
    public const int SchemaMajor = 8;

    public static Archive Read(JsonElement root, string path, IReadOnlyDictionary<string, ArchiveTensor> weights, IReadOnlyDictionary<string, ArchiveTensor> constants)
    {
        int major = root.Field("schema_version").Field("major").GetInt32();
        if (major != SchemaMajor)
        {
            throw new ArchiveException($"its schema is of version {major}, and version {SchemaMajor} is read: export it with a version of PyTorch that writes that one");
        }

        var module = root.Field("graph_module");
        var signature = module.Field("signature");
        return new Archive
        {
            Path = path,
            TorchVersion = root.FieldOrNull("torch_version")?.GetString() ?? "",
            Graph = Graph(module.Field("graph"), 0),
            Inputs = [.. signature.Field("input_specs").EnumerateArray().Select(Input)],
            Outputs = [.. signature.Field("output_specs").EnumerateArray().Select(Output)],
            Weights = weights,
            Constants = constants,
            Ranges = Ranges(root.FieldOrNull("range_constraints")),
            Guards = root.FieldOrNull("guards_code") is { ValueKind: JsonValueKind.Array } guards ? [.. guards.EnumerateArray().Select(g => g.GetString() ?? "")] : [],
        };
    }

    /// <summary>A graph.</summary>
    public static ArchiveGraph Graph(JsonElement graph, int depth)
    {
        if (graph.Field("nodes").GetArrayLength() is > ArchiveLimits.MostNodes and var nodes)
        {
            throw new ArchiveException($"a graph has {nodes} nodes, more than {ArchiveLimits.MostNodes}");
        }

        var types = new Dictionary<string, ArchiveTensorType>(StringComparer.Ordinal);
        foreach (var value in graph.Field("tensor_values").EnumerateObject())
        {
            types[value.Name] = new ArchiveTensorType(Enums.Type(value.Value.Field("dtype")), [.. value.Value.Field("sizes").EnumerateArray().Select(Size)]);
        }

        return new ArchiveGraph(
            [.. graph.Field("inputs").EnumerateArray().Select(i => Arguments.Read(i, depth) is ValueName name ? name.Name : null)],
            [.. graph.Field("outputs").EnumerateArray().Select(o => Arguments.Read(o, depth))],
            [.. graph.Field("nodes").EnumerateArray().Select(n => Node(n, depth))],
            types);
    }

    /// <summary>A size: a number, or an expression.</summary>
    public static ArchiveSize Size(JsonElement size)
    {
        if (size.ValueKind == JsonValueKind.Number)
        {
            return new ArchiveSize(size.GetInt64(), "");
        }

        var only = size.Only();
        return only.Name switch
        {
            "as_int" => new ArchiveSize(only.Value.GetInt64(), ""),
            "as_expr" => new ArchiveSize(null, only.Value.Text("expr_str")),
            _ => throw new ArchiveException($"a size is '{ArchiveMembers.Printable(only.Name)}', neither a number nor an expression"),
        };
    }

    private static ArchiveNode Node(JsonElement node, int depth)
    {
        string?[] results = [.. node.Field("outputs").EnumerateArray().SelectMany(o => Names(Arguments.Read(o, depth)))];
        string target = node.Text("target");
        string name = node.FieldOrNull("name")?.GetString() ?? results.FirstOrDefault(r => r is not null) ?? target;
        return new ArchiveNode(
            name,
            target,
            [.. node.Field("inputs").EnumerateArray().Select(i => new ArchiveArgument(i.FieldOrNull("name")?.GetString() ?? "", Arguments.Read(i.Field("arg"), depth), Enums.ByName(i.FieldOrNull("kind"))))],
            results);
    }

    private static IEnumerable<string?> Names(object? argument) => argument switch
    {
        ValueName name => [name.Name],
        IReadOnlyList<object?> list => list.SelectMany(Names),
        _ => [null],
    };

    private static ArchiveInputSpec Input(JsonElement spec)
    {
        var only = spec.Only();
        var argument = only.Value.FieldOrNull("arg");
        string value = argument?.FieldOrNull("name")?.GetString() ?? (argument is { } a && only.Name == "user_input" && Arguments.Read(a, 0) is ValueName named ? named.Name : "");
        return only.Name switch
        {
            "parameter" => new ArchiveInputSpec(ArchiveInputKind.Parameter, value, only.Value.Text("parameter_name")),
            "buffer" => new ArchiveInputSpec(ArchiveInputKind.Buffer, value, only.Value.Text("buffer_name")),
            "tensor_constant" => new ArchiveInputSpec(ArchiveInputKind.Constant, value, only.Value.Text("tensor_constant_name")),
            "user_input" => new ArchiveInputSpec(ArchiveInputKind.User, value, value),
            _ => new ArchiveInputSpec(ArchiveInputKind.Foreign, value, only.Name),
        };
    }

    private static ArchiveOutputSpec Output(JsonElement spec)
    {
        var only = spec.Only();
        var argument = only.Value.FieldOrNull("arg");
        object? value = argument is not { } a ? null : a.FieldOrNull("name") is { } name ? new ValueName(name.GetString() ?? "") : Arguments.Read(a, 0);
        string? mutated = only.Name switch
        {
            "buffer_mutation" => only.Value.Text("buffer_name"),
            "user_input_mutation" => only.Value.Text("user_input_name"),
            "parameter_mutation" => only.Value.Text("parameter_name"),
            "user_output" or "loss_output" => null,
            _ => throw new ArchiveException($"an output is a '{ArchiveMembers.Printable(only.Name)}', which networks do not return"),
        };
        return new ArchiveOutputSpec(value, mutated);
    }

    private static Dictionary<string, (long? Least, long? Most)> Ranges(JsonElement? ranges)
    {
        var found = new Dictionary<string, (long? Least, long? Most)>(StringComparer.Ordinal);
        if (ranges is { ValueKind: JsonValueKind.Object } given)
        {
            foreach (var symbol in given.EnumerateObject())
            {
                found[symbol.Name] = (Bound(symbol.Value.FieldOrNull("min_val")), Bound(symbol.Value.FieldOrNull("max_val")));
            }
        }

        return found;
    }

    private static long? Bound(JsonElement? bound) => bound is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out long value) ? value : null;
}
