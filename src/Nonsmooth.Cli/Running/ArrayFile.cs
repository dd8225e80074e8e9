using Nonsmooth.Data.Arrays;

namespace Nonsmooth.Cli.Running;

/// <summary>Files of named arrays that a user gives.</summary>
internal static class ArrayFile
{
    private static readonly Dictionary<string, StoredTensor> _none = [];

    /// <summary>The arrays of a file, numpy's or safetensors; none without one.</summary>
    public static IReadOnlyDictionary<string, StoredTensor> Read(string? file, ToolContext context) => file is null ? _none
        : Path.GetFullPath(file, context.Folder) is var path && path.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase) ? SafeTensors.Read(path).Tensors
        : Numpy.Read(path);
}
