namespace Nonsmooth.Onnx;

/// <summary>An ONNX file or model that cannot be used: the message is one line that names the file, the node or the tensor, and the mend.</summary>
public sealed class OnnxException : NonsmoothException
{
    /// <summary>Creates the exception with a one-line message.</summary>
    public OnnxException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a one-line message and the failure that caused it.</summary>
    public OnnxException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <inheritdoc/>
    public override NonsmoothException In(string place) => new OnnxException($"{place}: {Message}", this);
}
