using Nonsmooth.Engines.Protocol;
using Nonsmooth.Engines.Recordings;

namespace Nonsmooth.Engines.Checks;

/// <summary>What an engine answered, and what it did instead.</summary>
/// <param name="Recording">The answers; what it cannot is in the head.</param>
/// <param name="Faults">By question, spelling@format, what went wrong: one line each.</param>
public sealed record LiveRecording(Recording Recording, IReadOnlyList<(string Question, string Fault)> Faults)
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
    public static LiveRecording Of(
        string name, IEngine engine, IReadOnlyList<RecordedSpelling> list, IReadOnlyList<string>? formats = null, Action<int, int>? progress = null, CancellationToken stop = default)
    {
        var hello = engine.Hello;
        string[] asked = [.. (formats ?? hello.Formats).Where(hello.Formats.Contains)];
        var questions = Question.Of(list, asked).ToList();
        var answers = new List<Answer>();
        var cannot = new Dictionary<string, string>(StringComparer.Ordinal);
        var faults = new List<(string, string)>();
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
                cannot[key] = e.Message;
                inARow = 0;
            }
            catch (EngineFaultException e)
            {
                faults.Add((key, e.Message));
                seen.Add(key);
                inARow++;
            }
        }

        if (inARow >= Patience)
        {
            faults.Add(("", $"given up after {Patience} faults in a row"));
        }

        if (i < questions.Count && stop.IsCancellationRequested)
        {
            faults.Add(("", $"interrupted after {i} of {questions.Count} questions: what was answered is judged"));
        }

        return new(new Recording(name, hello.Engine, hello.Version, hello.Mode, asked, cannot, answers), faults);
    }
}
