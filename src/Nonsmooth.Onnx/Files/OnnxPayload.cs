namespace Nonsmooth.Onnx.Files;

/// <summary>In which field of a tensor its elements stand.</summary>
internal enum OnnxPayload
{
    None,
    Raw,
    Floats,
    Int32s,
    Int64s,
    Doubles,
    UInt64s,
    Texts,
}
