using Nonsmooth.Arithmetic;
using Nonsmooth.Cost;
using Nonsmooth.Evaluation;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Testing;

/// <summary>The operations stated against those that the counting scalar counts.</summary>
internal static class CountChecks
{
    private const string Check = "count";

    public static void Run(RulePoint at, Findings findings)
    {
        Compare(at, at.Rules.Value, "the value", findings);
        if (!at.Rules.Differentiable)
        {
            return;
        }

        Compare(at, at.Rules.Forward[0], "its forprop", findings);
        Compare(at, at.Rules.Backward[0], "its backprop", findings);
        foreach (var (preset, total) in at.Rules.Presets.Zip(at.Rules.Totals))
        {
            findings.Equal(Check, $"value and backprop under {preset.Name}", total, at.Rules.Totals[0], at);
        }
    }

    private static void Compare(RulePoint at, Program program, string what, Findings findings)
    {
        var random = new Random(at.Seed + 2);
        var inputs = program.Inputs.Select((input, i) => Tensor(
            program.Types[input.Value].Shape,
            i < at.Inputs.Length ? at.Inputs[i] : RulePoint.Direction(program.Types[input.Value].Shape.Elements, random))).ToArray();
        findings.Equal(Check, what, Counted.Measure(() => Interpreter.Evaluate<Counted>(program, inputs)), program.Count(), at);
    }

    private static Tensor Tensor(Shape shape, Array numbers) => numbers switch
    {
        double[] reals => new Tensor<Counted>(shape, Array.ConvertAll(reals, Counted.Variable)),
        long[] indices => new Tensor<long>(shape, indices),
        _ => new Tensor<bool>(shape, (bool[])numbers),
    };
}
