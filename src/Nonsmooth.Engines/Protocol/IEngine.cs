using Nonsmooth.Engines.Recordings;

namespace Nonsmooth.Engines.Protocol;

/// <summary>Something that answers for values and slopes of spellings.</summary>
public interface IEngine
{
    /// <summary>Who it is.</summary>
    EngineHello Hello { get; }

    /// <summary>Answers one question.</summary>
    /// <exception cref="CannotException">It has no such function, or not in this format.</exception>
    Answer Ask(Question question);
}

/// <summary>Who an engine is.</summary>
/// <param name="Engine">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Mode">How it runs: eager, compiled, ….</param>
/// <param name="Formats">The formats that it can be asked in.</param>
public sealed record EngineHello(string Engine, string Version, string Mode, IReadOnlyList<string> Formats)
{
    /// <summary>The version of the protocol.</summary>
    public const int Protocol = 1;
}

/// <summary>An engine says that it cannot answer.</summary>
public sealed class CannotException : NonsmoothException
{
    /// <summary>With its reason.</summary>
    public CannotException(string reason)
        : base(reason)
    {
    }
}
