namespace Nonsmooth.Engines.Recordings;

/// <summary>What one engine answered: a file <c>ENGINE-VERSION[-mode].jsonl.gz</c>, read.</summary>
/// <param name="Name">The file's name without its endings.</param>
/// <param name="Engine">The engine.</param>
/// <param name="Version">Its version.</param>
/// <param name="Mode">How it ran: eager, jit, ….</param>
/// <param name="Formats">The formats it was asked in.</param>
/// <param name="Cannot">What was declined, to the reason: a spelling, spelling@format, or spelling@format@point where other points were answered.</param>
/// <param name="Answers">The answers, in the order of the file.</param>
/// <remarks>An engine's answer is a fact about that engine, not the truth.</remarks>
public sealed record Recording(
    string Name,
    string Engine,
    string Version,
    string Mode,
    IReadOnlyList<string> Formats,
    IReadOnlyDictionary<string, string> Cannot,
    IReadOnlyList<Answer> Answers)
{
    /// <summary>By question, what the engine did instead of answering: one line each.</summary>
    public IReadOnlyList<EngineFault> Faults { get; init; } = [];

    /// <summary>What the self-test found wrong before the questions; empty where nothing, or where there was none.</summary>
    public IReadOnlyList<string> Complaints { get; init; } = [];

    /// <summary>Why a question has no answer; null where nothing is said of it.</summary>
    /// <param name="spelling">The spelling.</param>
    /// <param name="format">The format.</param>
    /// <param name="point">The point; empty where all are asked side by side.</param>
    public string? Declined(string spelling, string format, string point) =>
        Cannot.GetValueOrDefault($"{spelling}@{format}@{point}") ?? Cannot.GetValueOrDefault($"{spelling}@{format}") ?? Cannot.GetValueOrDefault(spelling);

    /// <summary>What it holds of some spellings and formats.</summary>
    /// <param name="isAsked">Which spellings.</param>
    /// <param name="formats">Which formats; all if null.</param>
    public Recording Of(Func<string, bool> isAsked, IReadOnlyList<string>? formats)
    {
        bool Holds(string question) => question.Split('@') is var parts && isAsked(parts[0]) && (parts.Length == 1 || formats?.Contains(parts[1]) != false);
        return this with
        {
            Formats = [.. Formats.Where(f => formats?.Contains(f) != false)],
            Cannot = Cannot.Where(c => Holds(c.Key)).ToDictionary(StringComparer.Ordinal),
            Answers = [.. Answers.Where(a => Holds($"{a.Spelling}@{a.Format}"))],
            Faults = [.. Faults.Where(f => f.Question.Length == 0 || Holds(f.Question))],
        };
    }
}

/// <summary>What an engine did instead of answering.</summary>
/// <param name="Question">Spelling@format; empty of the whole.</param>
/// <param name="Fault">One line.</param>
public sealed record EngineFault(string Question, string Fault);
