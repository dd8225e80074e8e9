namespace Nonsmooth.Engines.Recordings;

/// <summary>What one engine answered: a file <c>ENGINE-VERSION[-mode].jsonl.gz</c>, read.</summary>
/// <param name="Name">The file's name without its endings.</param>
/// <param name="Engine">The engine.</param>
/// <param name="Version">Its version.</param>
/// <param name="Mode">How it ran: eager, jit, ….</param>
/// <param name="Formats">The formats it was asked in.</param>
/// <param name="Cannot">Spelling, or spelling@format, to the reason why there is no answer.</param>
/// <param name="Answers">The answers, in the order of the file.</param>
/// <remarks>An engine's answer is a fact about that engine, not the truth.</remarks>
public sealed record Recording(
    string Name,
    string Engine,
    string Version,
    string Mode,
    IReadOnlyList<string> Formats,
    IReadOnlyDictionary<string, string> Cannot,
    IReadOnlyList<Answer> Answers);
