namespace Nonsmooth.Tensors;

/// <summary>Shapes or kinds that do not fit: the message names the function, the argument and both shapes.</summary>
public sealed class ShapeException : NonsmoothException
{
    /// <summary>Creates the exception with a one-line message.</summary>
    public ShapeException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a one-line message and its cause.</summary>
    public ShapeException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
