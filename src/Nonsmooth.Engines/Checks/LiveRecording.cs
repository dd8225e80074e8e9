using Nonsmooth.Engines.Protocol;
using Nonsmooth.Engines.Recordings;

namespace Nonsmooth.Engines.Checks;

/// <summary>Asks engines, and keeps what they answered, declined, and did instead.</summary>
public static class LiveRecording
{
    /// <summary>After so many faults in a row an engine is given up.</summary>
    public const int Patience = 12;

    /// <summary>Asks an engine everything.</summary>
    /// <param name="name">The recording's name.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="list">The spellings with their points.</param>
    /// <param name="formats">The formats; all that the engine has if null.</param>
    /// <param name="progress">Told how many of how many questions are asked.</param>
    /// <param name="stop">Stops between questions; what was answered is kept, and a fault says so.</param>
    /// <exception cref="EngineFaultException">It does not even say who it is.</exception>
    public static Recording Of(
        string name, IEngine engine, IReadOnlyList<RecordedSpelling> list, IReadOnlyList<string>? formats = null, Action<int, int>? progress = null, CancellationToken stop = default)
    {
        var hello = engine.Hello;
        string[] asked = [.. (formats ?? hello.Formats).Where(hello.Formats.Contains)];
        var questions = Question.Of(list, asked).ToList();
        var answers = new List<Answer>();
        var declined = new List<(Question Question, string Reason)>();
        var faults = new List<EngineFault>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        int inARow = 0;
        int i = 0;
        for (; i < questions.Count && inARow < Patience && !stop.IsCancellationRequested; i++)
        {
            progress?.Invoke(i, questions.Count);
            var question = questions[i];
            string key = $"{question.Spelling}@{question.Format}";
            if (seen.Contains(key))
            {
                continue;
            }

            try
            {
                answers.Add(engine.Ask(question));
                inARow = 0;
            }
            catch (CannotException e)
            {
                declined.Add((question, e.Message));
                inARow = 0;
            }
            catch (EngineFaultException e)
            {
                faults.Add(new(key, e.Message));
                seen.Add(key);
                inARow++;
            }
        }

        if (inARow >= Patience)
        {
            faults.Add(new("", $"given up after {Patience} faults in a row"));
        }

        if (i < questions.Count && stop.IsCancellationRequested)
        {
            faults.Add(new("", $"interrupted after {i} of {questions.Count} questions: what was answered is judged"));
        }

        var answered = answers.Select(a => (a.Spelling, a.Format)).ToHashSet();
        return new Recording(name, hello.Engine, hello.Version, hello.Mode, asked, Declined(declined, answered), answers) { Faults = faults };
    }

    // Declined at some points and answered at others, a point is named.
    private static Dictionary<string, string> Declined(IEnumerable<(Question Question, string Reason)> declined, HashSet<(string, string)> answered)
    {
        var cannot = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (question, reason) in declined)
        {
            bool isPartial = answered.Contains((question.Spelling, question.Format));
            cannot.TryAdd($"{question.Spelling}@{question.Format}{(isPartial ? $"@{question.Point}" : "")}", reason);
        }

        return cannot;
    }
}
