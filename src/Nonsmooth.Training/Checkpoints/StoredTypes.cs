namespace Nonsmooth.Training.Checkpoints;

/// <summary>The sizes and names of <see cref="StoredType"/>.</summary>
public static class StoredTypes
{
    private static readonly (StoredType Type, string Name, int Size)[] Rows =
    [
        (StoredType.F64, "F64", 8), (StoredType.F32, "F32", 4), (StoredType.F16, "F16", 2), (StoredType.BF16, "BF16", 2),
        (StoredType.I64, "I64", 8), (StoredType.I32, "I32", 4), (StoredType.U8, "U8", 1), (StoredType.Bool, "BOOL", 1),
    ];

    /// <summary>Bytes of one element.</summary>
    public static int Size(this StoredType type) => Rows[(int)type].Size;

    /// <summary>The name in a safetensors header, for example <c>BOOL</c>.</summary>
    public static string Name(this StoredType type) => Rows[(int)type].Name;

    /// <summary>The type of a name in a safetensors header, or null where this library has none.</summary>
    public static StoredType? Parse(string? name)
    {
        foreach (var row in Rows)
        {
            if (row.Name == name)
            {
                return row.Type;
            }
        }

        return null;
    }

    internal static string AllNames => string.Join(", ", Rows.Select(row => row.Name));
}
