using Nonsmooth.Engines.Protocol;
using Nonsmooth.Engines.Recordings;
using Nonsmooth.Engines.Spellings;

namespace Nonsmooth.Engines.Tests.Checks;

/// <summary>Our engine with wrong rules planted.</summary>
internal sealed class PlantedEngine : IEngine
{
    private readonly OwnEngine _right = new();

    public EngineHello Hello => _right.Hello with { Engine = "Planted", Formats = ["f64"] };

    public Answer Ask(Question question)
    {
        var answer = _right.Ask(question);
        if (PlantedRules.All.FirstOrDefault(r => r.Spelling == question.Spelling) is not { } rule)
        {
            return answer;
        }

        bool isMap = question.Kind == SpellingKind.Map;
        int points = isMap ? question.Inputs[0].Data.Count : 1;
        double[] value = [.. answer.Value!.Data];
        double[][] reverse = [.. answer.Reverse!.Select(s => s!.ToArray())];
        for (int p = 0; p < points; p++)
        {
            int at = p;
            double[] x = isMap ? [.. question.Inputs.Select(a => a.Data[at])] : [.. question.Inputs[0].Data];
            var (wrong, gradient) = rule.Claim(x);
            value[p] = wrong ?? value[p];
            for (int i = 0; i < (gradient?.Length ?? 0); i++)
            {
                reverse[isMap ? i : 0][isMap ? p : i] = gradient![i];
            }
        }

        return answer with { Value = new(answer.Value.Shape, value), Reverse = reverse, Forward = null };
    }
}
