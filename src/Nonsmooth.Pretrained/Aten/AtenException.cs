namespace Nonsmooth.Pretrained.Aten;

/// <summary>A call of an ATen operator that the dictionary cannot express: the message names the operator and what is missing.</summary>
public sealed class AtenException : NonsmoothException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">One line that names the operator and what is missing.</param>
    public AtenException(string message)
        : base(message)
    {
    }
}
