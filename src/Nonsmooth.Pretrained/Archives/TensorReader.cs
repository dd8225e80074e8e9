using System.Text.Json;

namespace Nonsmooth.Pretrained.Archives;

/// <summary>Reads what tensors an archive has, and where.</summary>
internal static class TensorReader
{
    /// <summary>The tensors of a configuration by name.</summary>
    /// <param name="root">The configuration.</param>
    /// <param name="find">What reads a member; null for one that is not there.</param>
    public static Dictionary<string, ArchiveTensor> Read(JsonElement root, Func<string, Func<byte[]>?> find)
    {
        var tensors = new Dictionary<string, ArchiveTensor>(StringComparer.Ordinal);
        foreach (var entry in root.Field("config").EnumerateObject())
        {
            string member = entry.Value.FieldOrNull("path_name")?.GetString() ?? "";
            if (entry.Value.FieldOrNull("tensor_meta") is not { ValueKind: JsonValueKind.Object } meta || entry.Value.FieldOrNull("use_pickle") is { ValueKind: JsonValueKind.True })
            {
                // An object of code's own: a pickle, which is not opened. What reads it will miss it.
                continue;
            }

            var type = Enums.Type(meta.Field("dtype"));
            long[] sizes = [.. meta.Field("sizes").EnumerateArray().Select(s => Whole(entry.Name, s))];
            long[] strides = meta.FieldOrNull("strides") is { ValueKind: JsonValueKind.Array } given ? [.. given.EnumerateArray().Select(s => Whole(entry.Name, s))] : [];
            strides = strides.Length == sizes.Length ? strides : Dense(sizes);
            long offset = meta.FieldOrNull("storage_offset") is { } o ? Whole(entry.Name, o) : 0;
            if (sizes.Length > ArchiveLimits.MostAxes || sizes.Concat(strides).Append(offset).Any(n => n is < 0 or > int.MaxValue) || sizes.Aggregate((Int128)1, (n, s) => n > int.MaxValue ? n : n * s) > int.MaxValue)
            {
                throw new ArchiveException($"'{ArchiveMembers.Printable(entry.Name)}' has {ArchiveMembers.Printable(string.Join('×', sizes))} elements, which no tensor has");
            }

            tensors[entry.Name] = new ArchiveTensor(entry.Name, member, type, sizes, strides, offset, meta.FieldOrNull("requires_grad") is not { ValueKind: JsonValueKind.False }, find(member));
        }

        return tensors;
    }

    private static long[] Dense(long[] sizes)
    {
        long[] strides = new long[sizes.Length];
        long step = 1;
        for (int axis = sizes.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = step;
            step = unchecked(step * Math.Max(1, sizes[axis]));
        }

        return strides;
    }

    private static long Whole(string name, JsonElement size) => ModelReader.Size(size).Value ?? throw new ArchiveException($"'{ArchiveMembers.Printable(name)}' has a size that is no number");
}
