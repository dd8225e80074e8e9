namespace Nonsmooth.Data.Arrays;

/// <summary>What a safetensors file holds.</summary>
/// <param name="Tensors">The tensors by name.</param>
/// <param name="Metadata">The texts by name, without the checksum.</param>
/// <param name="HasChecksum">Whether the file carried a checksum, which then was right.</param>
public sealed record SafeTensorsContent(
    IReadOnlyDictionary<string, StoredTensor> Tensors, IReadOnlyDictionary<string, string> Metadata, bool HasChecksum)
{
    /// <summary>Tensors of types that are not read here, by name, and their types. Default none.</summary>
    public IReadOnlyDictionary<string, string> Others { get; init; } = new Dictionary<string, string>();
}
