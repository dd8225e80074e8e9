namespace Nonsmooth.Onnx.Files;

/// <summary>Where the elements of a tensor stand outside of its model file.</summary>
/// <param name="Location">A path, relative to the folder of the model, inside of it.</param>
/// <param name="Offset">The first byte.</param>
/// <param name="Length">How many bytes; null for all that follow.</param>
public sealed record OnnxExternal(string Location, long Offset, long? Length);
