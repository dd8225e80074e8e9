using Nonsmooth.Engines.Conformance;
using Nonsmooth.Engines.Dialects;
using Nonsmooth.Engines.Recordings;
using Nonsmooth.Engines.Spellings;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Engines.Protocol;

/// <summary>The interpreter of this library as an engine.</summary>
/// <param name="selection">What it takes at kinks; the default if null.</param>
/// <param name="find">Where spellings are found by name; the catalogue if null.</param>
public sealed class OwnEngine(Selection? selection = null, Func<string, Spelling>? find = null) : IEngine
{
    /// <inheritdoc/>
    public EngineHello Hello { get; } = new("Nonsmooth", typeof(OwnEngine).Assembly.GetName().Version!.ToString(3), "interpreter", ["f64", "f32", "bf16", "f16"]);

    /// <inheritdoc/>
    public Answer Ask(Question question)
    {
        var spelling = (find ?? SpellingCatalogue.Find)(question.Spelling);
        var expression = spelling.Express(Dialect.Standard, [.. question.Inputs.Select(x => x.Shape)]);
        if (expression.Program is not { } program)
        {
            throw new CannotException($"no {expression.Missing}");
        }

        var answer = OurAnswer.Of(program, question.Kind, new(question.Point, question.Inputs), question.Format, selection ?? Selection.Default, true);
        return answer with
        {
            Spelling = question.Spelling,
            Value = question.Kind == SpellingKind.Map ? new(new Shape(answer.Value!.Data.Count), answer.Value.Data) : answer.Value,
        };
    }
}
