using Nonsmooth.Engines.Judging;
using Nonsmooth.Engines.Protocol;
using Nonsmooth.Engines.Recordings;
using Nonsmooth.Engines.Spellings;
using Nonsmooth.Tensors;

namespace Nonsmooth.Engines.Checks;

/// <summary>Whether an adapter understands the protocol: a few smooth questions with one right answer.</summary>
public static class SelfTest
{
    private static readonly string[] _spellings = ["pow.two", "tanh", "sub.max_tie_cancel_xy", "prod.fold", "log_softmax"];

    /// <summary>What is wrong; empty where nothing is.</summary>
    /// <remarks>Spellings that the engine lacks are passed over; where it has none of them that is said.</remarks>
    public static IReadOnlyList<string> Of(IEngine engine)
    {
        var wrong = new List<string>();
        int answered = 0;
        string format = engine.Hello.Formats.Contains("f64") ? "f64" : engine.Hello.Formats[0];
        foreach (string name in _spellings)
        {
            var spelling = SpellingCatalogue.Find(name);
            var question = new Question(name, spelling.Function, spelling.Written, spelling.Kind, format, "plain", Inputs(spelling));
            try
            {
                var cells = new SpellingJudge(spelling).Of("", engine.Ask(question), new("plain", question.Inputs), null).ToList();
                answered++;
                wrong.AddRange(cells.SelectMany(Complaints).Select(c => $"{name}: {c}").Take(1));
            }
            catch (CannotException)
            {
                // Not every engine has every function.
            }
            catch (EngineFaultException e)
            {
                wrong.Add($"{name}: {e.Message}");
            }
        }

        return answered == 0 && wrong.Count == 0 ? ["it answers none of the self-test's questions"] : wrong;
    }

    private static IReadOnlyList<RecordedArray> Inputs(Spelling spelling) => spelling.Kind == SpellingKind.Vector
        ? [new(new Shape(5), [0.5, -1.5, 2, 1, -0.25])]
        : [.. Enumerable.Range(0, spelling.Arguments).Select(a => new RecordedArray(new Shape(3), [0.5 + a, -1.5 - a, 2 - (3 * a)]))];

    private static IEnumerable<string> Complaints(JudgedCell cell)
    {
        if (cell.ValueFinding > ValueFinding.Rounded)
        {
            yield return $"the value at {cell.Point} is {cell.Value[0]:R}, not {cell.RightValue[0]:R}";
        }

        if (cell.ReverseFinding > SlopeFinding.Rounded)
        {
            yield return $"vjp is [{string.Join(", ", cell.Reverse)}]: is the cotangent used, 1, 2, 4, 8, … over the outputs?";
        }

        if (cell.Forward.Count > 0 && cell.ForwardFinding > SlopeFinding.Rounded)
        {
            yield return $"jvp gives {cell.Forward[0]:R}: are the tangents used?";
        }
    }
}
