using Nonsmooth.Engines.Recordings;

namespace Nonsmooth.Engines.Protocol;

/// <summary>A recording as an engine: what it answered once, it answers again.</summary>
public sealed class RecordingEngine(Recording recording) : IEngine
{
    private readonly Dictionary<(string, string, string), Answer> _answers = recording.Answers.ToDictionary(a => (a.Spelling, a.Format, a.Point));

    /// <inheritdoc/>
    public EngineHello Hello { get; } = new(recording.Engine, recording.Version, recording.Mode, recording.Formats);

    /// <inheritdoc/>
    public Answer Ask(Question question)
    {
        if (!_answers.TryGetValue((question.Spelling, question.Format, question.Point), out var answer))
        {
            throw new CannotException(recording.Declined(question.Spelling, question.Format, question.Point) ?? "not recorded");
        }

        return answer.Value is null ? throw new CannotException(answer.Error ?? "no value was recorded") : answer;
    }
}
