using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;
using Nonsmooth.Reliability.Gradients;
using Nonsmooth.Reliability.Replay;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.Reliability.Tests.Replay;

public class DecisionReplayTests
{
    // 1 + 2^-12 is 1 in 16 bits: there x − 1 is exactly 0 and ReLU at its kink, in 64 bits it is not.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(0.5)]
    public void Decisions_are_those_of_the_low_precision(double atZero)
    {
        var program = Program.Trace(x => Functions.Relu(x - x.Builder.Apply(new Fill(x.Shape, 1))).Sum(), new Shape(1));
        using var subject = new FixedSubject(program, ["x"], new[] { 1 + Math.Pow(2, -12) });
        using var low = new GradientRunner(program, ["x"], Selection.Default with { ReluAtZero = atZero }, Precision.Float16);
        using var replay = new DecisionReplay(low);
        var (own, wide) = replay.Run(subject.Inputs(0, 0));
        Assert.Equal(atZero, own.Tensors[0][0]);
        Assert.Equal(atZero, wide.Tensors[0][0]);
    }

    // Every row of the dictionary that has a kink: in 64 bits the replay is the gradient itself.
    public static TheoryData<string> Rows => [.. StandardDictionary.Rows.Where(r => r.Function.Regularity == Regularity.PathDifferentiable).Select(r => r.Function.Name).Distinct()];

    [Theory]
    [MemberData(nameof(Rows))]
    public void In_64_bits_a_replay_is_the_gradient_itself(string name)
    {
        foreach (var row in StandardDictionary.Rows.Where(r => r.Function.Name == name))
        {
            var (program, inputs) = Example(row);
            using var subject = new FixedSubject(program, [], inputs);
            using var low = new GradientRunner(program, [], Selection.Default, Precision.Float64);
            using var replay = new DecisionReplay(low);
            var (own, wide) = replay.Run(subject.Inputs(0, 0));
            Assert.True(GradientDistance.Between(own, wide).IsZero, name);
        }
    }

    private static (Program Program, Array[] Inputs) Example(DictionaryRow row)
    {
        var builder = new ProgramBuilder();
        var random = new CounterRandom(7).Sequence();
        var arguments = row.Arguments.Select((a, i) => builder.Input($"x{i}", a.Type)).ToArray();
        var real = builder.ApplyAll(row.Function, arguments).First(r => r.Type.Kind == ElementKind.Real);
        var program = builder.Build([("value", (real * real).Sum())]);
        return (program, [.. row.Arguments.Select(a => (Array)(a.Type.Kind == ElementKind.Real
            ? Fill(a, v => v)
            : Array.ConvertAll(Fill(a, Math.Floor), v => (long)v)))]);

        double[] Fill(ExampleArgument argument, Func<double, double> round) =>
            [.. Enumerable.Range(0, argument.Type.Shape.Elements).Select(_ => round(argument.Low + (random.NextDouble() * (argument.High - argument.Low))))];
    }
}
