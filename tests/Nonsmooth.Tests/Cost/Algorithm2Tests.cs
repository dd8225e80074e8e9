using CsCheck;

namespace Nonsmooth.Tests.Cost;

public sealed class Algorithm2Tests
{
    [Fact]
    public void PredictedCostsAreTheCountedOnesAndStayBelowTheBound()
    {
        double largest = 0;
        int programs = 0;
        RandomPrograms.Gen.Sample(
            program =>
            {
                if (program.Nodes.Count == 0)
                {
                    return;
                }

                var inputs = program.Inputs.Select((_, i) => Counted.Variable(0.3 + (0.1 * i))).ToArray();
                var value = Counted.Measure(() => Interpreter.Evaluate<Counted>(
                    program, [.. inputs.Select(x => new Tensor<Counted>(Shape.Scalar, [x]))]));
                var back = Counted.Measure(() => Algorithm2.Backprop(program, inputs, Selection.Default));
                var fore = Counted.Measure(() => Algorithm2.Forprop(program, inputs, Selection.Default));
                Assert.Equal(program.Count(), value);
                foreach (double c in new double[] { 1, 2, 5, 20 })
                {
                    var model = new UnitModel(c);
                    Assert.Equal(model.Cost(value), model.Cost(program), 9);
                    Assert.Equal(model.Cost(back), model.Backprop(program), 9);
                    Assert.Equal(model.Cost(fore), model.Forprop(program, program.Inputs.Count), 9);
                    double ratio = model.Cost(back) / model.Cost(value);
                    var bound = model.Bound(program, program.Inputs.Count);
                    Assert.True(ratio <= bound.OmegaB * (1 + 1e-12), $"{ratio} > {bound.OmegaB}\n{program}");
                    Assert.True(bound.OmegaB <= 5);
                    Assert.True(model.Cost(fore) / model.Cost(value) <= bound.OmegaF * (1 + 1e-12));
                    lock (_lock)
                    {
                        largest = Math.Max(largest, ratio);
                    }
                }

                Interlocked.Increment(ref programs);
            },
            iter: 1000,
            seed: "0000J8aXwWq1");
        Assert.True(programs >= 990);
        Assert.True(largest <= 5);
    }

    private readonly Lock _lock = new();

    [Fact]
    public void OneProgramAttainsFive()
    {
        var program = Program.Trace((a, b, c) => a * (b + c), Shape.Scalar, Shape.Scalar, Shape.Scalar);
        var inputs = new[] { Counted.Variable(2), Counted.Variable(3), Counted.Variable(4) };
        var model = new UnitModel(1);
        Assert.Equal(5, model.Cost(Counted.Measure(() => Algorithm2.Backprop(program, inputs, Selection.Default))) / model.Cost(program));
    }

    [Fact]
    public void BothModesAndTheDerivedProgramGiveOneGradient() => RandomPrograms.Gen.Sample(
        program =>
        {
            var x = program.Inputs.Select((_, i) => 0.31 + (0.17 * i)).ToArray();
            var numbers = x.Select(Rounded<Float64>.FromDouble).ToArray();
            var (_, back) = Algorithm2.Backprop(program, numbers, Selection.Default);
            var (_, fore) = Algorithm2.Forprop(program, numbers, Selection.Default);
            var derived = Interpreter.Run<Float64>(
                program.Backprop(new BackpropOptions { KeepValues = false }), [.. x.Select(v => (Array)new[] { v })]);
            for (int i = 0; i < x.Length; i++)
            {
                double expected = Rounded<Float64>.ToDouble(back[i]);
                double scale = Math.Max(1, Math.Abs(expected));
                Assert.Equal(expected / scale, Rounded<Float64>.ToDouble(fore[i]) / scale, 9);
                Assert.Equal(expected / scale, ((Tensor<double>)derived[i])[0] / scale, 9);
            }
        },
        iter: 300);

    [Fact]
    public void TheDerivedProgramCountsWhatItExecutes() => RandomPrograms.Gen.Sample(
        program =>
        {
            var derived = program.Backprop(new BackpropOptions());
            var inputs = derived.Inputs.Select((_, i) => new Tensor<Counted>(Shape.Scalar, [Counted.Variable(0.3 + i)])).ToArray();
            Assert.Equal(derived.Count(), Counted.Measure(() => Interpreter.Evaluate<Counted>(derived, inputs)));
        },
        iter: 300);
}
