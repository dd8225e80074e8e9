using Nonsmooth.Arithmetic;
using Nonsmooth.Differentiation;
using Nonsmooth.Engines.Recordings;
using Nonsmooth.Engines.Spellings;
using Nonsmooth.Evaluation;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Engines.Conformance;

/// <summary>What the interpreter answers for a program, asked as the engines were.</summary>
internal static class OurAnswer
{
    /// <summary>Value, reverse and forward slopes.</summary>
    /// <param name="program">A spelling's program.</param>
    /// <param name="kind">How it is asked.</param>
    /// <param name="point">Where.</param>
    /// <param name="format">f64, f32, bf16 or f16.</param>
    /// <param name="selection">What holds at kinks.</param>
    /// <param name="forward">Whether forward mode is asked too.</param>
    public static Answer Of(Program program, SpellingKind kind, RecordedPoint point, string format, Selection selection, bool forward)
    {
        double[][] inputs = [.. point.Arguments.Select(a => a.Data.ToArray())];
        var output = program.Types[program.Outputs[0].Value].Shape;
        double[] cotangent = kind == SpellingKind.Map ? [.. Enumerable.Repeat(1.0, output.Elements)] : Cycle.Cotangent(output.Elements);
        var back = program.Backprop(new BackpropOptions { Selection = selection, SeedInput = true });
        var results = Run(back, format, [.. inputs, cotangent]);
        return new("", format, point.Name)
        {
            Value = new(output, results[0]),
            Reverse = [.. results.Skip(1)],
            Forward = forward ? [.. Forward(program, kind, inputs, format, selection)] : null,
        };
    }

    private static IEnumerable<double[]> Forward(Program program, SpellingKind kind, double[][] inputs, string format, Selection selection)
    {
        var ahead = program.Forprop(new ForpropOptions { Selection = selection, KeepValues = false });
        if (kind == SpellingKind.Vector)
        {
            int start = 0;
            var tangents = inputs.Select(x => Cycle.Tangent((start += x.Length) - x.Length, x.Length)).ToArray();
            yield return Run(ahead, format, [.. inputs, .. tangents])[0];
            yield break;
        }

        for (int argument = 0; argument < inputs.Length; argument++)
        {
            var tangents = inputs.Select((x, i) => Enumerable.Repeat(i == argument ? 1.0 : 0, x.Length).ToArray());
            yield return Run(ahead, format, [.. inputs, .. tangents])[0];
        }
    }

    private static double[][] Run(Program program, string format, double[][] inputs)
    {
        var results = format switch
        {
            "f32" => Interpreter.Run<Float32>(program, inputs),
            "bf16" => Interpreter.Run<BFloat16>(program, inputs),
            "f16" => Interpreter.Run<Float16>(program, inputs),
            _ => Interpreter.Run<Float64>(program, inputs),
        };
        return [.. results.Select(r => ((Tensor<double>)r).Elements)];
    }
}
