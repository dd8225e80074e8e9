using Nonsmooth.Engines.Conformance;
using Nonsmooth.Engines.Recordings;
using Nonsmooth.Engines.Spellings;

namespace Nonsmooth.Engines.Protocol;

/// <summary>One question to an engine.</summary>
/// <param name="Spelling">The spelling's name.</param>
/// <param name="Function">The mathematical function that it writes.</param>
/// <param name="Written">How it is written, in Python over operations E.</param>
/// <param name="Kind">Element by element, all points side by side, or of whole arrays, one point.</param>
/// <param name="Format">f64, f32, bf16 or f16; the inputs are exact in it.</param>
/// <param name="Point">The point's name; empty side by side.</param>
/// <param name="Inputs">An array an argument.</param>
public sealed record Question(
    string Spelling, string Function, string Written, SpellingKind Kind, string Format, string Point, IReadOnlyList<RecordedArray> Inputs)
{
    /// <summary>The cotangent over a flat output: ones for elementwise functions, else 1, 2, 4, 8, ½, 16, ¼, 32, cycled.</summary>
    public IReadOnlyList<double> Cotangent(int outputs) =>
        Kind == SpellingKind.Map ? [.. Enumerable.Repeat(1.0, outputs)] : Cycle.Cotangent(outputs);

    /// <summary>The tangents, each an array an argument: of elementwise functions ones for one argument at a time, else a single one.</summary>
    public IReadOnlyList<IReadOnlyList<double[]>> Tangents
    {
        get
        {
            if (Kind == SpellingKind.Map)
            {
                return [.. Inputs.Select((_, a) => (IReadOnlyList<double[]>)[.. Inputs.Select((x, b) => Enumerable.Repeat(a == b ? 1.0 : 0, x.Data.Count).ToArray())])];
            }

            int start = 0;
            return [[.. Inputs.Select(x => Cycle.Tangent((start += x.Data.Count) - x.Data.Count, x.Data.Count))]];
        }
    }

    /// <summary>Every question about a list of spellings, in its order.</summary>
    public static IEnumerable<Question> Of(IEnumerable<RecordedSpelling> list, IReadOnlyList<string> formats) =>
        list.SelectMany(s => formats.Where(s.Inputs.ContainsKey).SelectMany(f => s.Inputs[f].Select(p =>
            new Question(s.Name, s.Function, s.Written, s.Kind, f, p.Name, p.Arguments))));
}
