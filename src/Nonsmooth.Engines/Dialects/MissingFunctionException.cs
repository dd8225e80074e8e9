namespace Nonsmooth.Engines.Dialects;

/// <summary>A spelling asks for an operation that the dictionary has no function for.</summary>
/// <param name="function">The operation, as spellings name it.</param>
public sealed class MissingFunctionException(string function) : NonsmoothException($"the dictionary has no {function}")
{
    /// <summary>The operation, as spellings name it.</summary>
    public string Function { get; } = function;
}
