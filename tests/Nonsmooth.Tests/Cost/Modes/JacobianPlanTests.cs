namespace Nonsmooth.Tests.Cost.Modes;

public sealed class JacobianPlanTests
{
    private static readonly ModeOptions _x = new() { WithRespectTo = ["x"] };

    /// <summary>Of every third program, or of all with <c>NONSMOOTH_TRIALS=1</c>.</summary>
    [Trait("Speed", "Slow")]
    [Fact]
    public void EveryPlanGivesOneJacobian()
    {
        int step = Environment.GetEnvironmentVariable("NONSMOOTH_TRIALS") == "1" ? 1 : 3;
        int mixed = 0;
        for (int number = 0; number < 60; number += step)
        {
            var program = number < 40 ? ModePrograms.Random(number) : ModePrograms.Bottleneck(number).Program;
            Array[] inputs = ModePrograms.Draw(program, number);
            var expected = JacobianPlan.Forward(program, _x).Run<Float64>(inputs);
            Close(expected, JacobianPlan.Reverse(program, _x).Run<Float64>(inputs));
            foreach (var waist in Waists.Of(program, ["x"]))
            {
                foreach (var inner in new[] { DerivativeMode.Forward, DerivativeMode.Reverse })
                {
                    foreach (var outer in new[] { DerivativeMode.Forward, DerivativeMode.Reverse })
                    {
                        Close(expected, JacobianPlan.Mixed(program, waist, inner, outer, _x).Run<Float64>(inputs));
                        mixed++;
                    }
                }
            }
        }

        Assert.True(mixed > 200 / step);
    }

    [Fact]
    public void TheJacobianOfAQuadraticIsItsMatrix()
    {
        var program = Program.Trace((x, a) => Functions.MatMul(a, x), new Shape(2), new Shape(3, 2));
        var plan = ModeAdvisor.Recommend(program, options: _x).Plan;
        var jacobian = plan.Run<Float64>(new double[] { 1, 2 }, new double[] { 1, 2, 3, 4, 5, 6 });
        Assert.Equal(new Shape(3, 2), jacobian.Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], jacobian.Elements);
    }

    [Fact]
    public void ScalarOutputsAndSeveralInputsFillRowsAndColumns()
    {
        var program = Program.Trace(
            [("x", TensorType.Real(new Shape(2))), ("s", TensorType.Real(Shape.Scalar))],
            v => [("sum", (v[0] * v[1]).Sum()), ("square", v[0] * v[0])]);
        Array[] inputs = [new double[] { 2, 3 }, new double[] { 5 }];
        double[] expected = [5, 5, 5, 4, 0, 0, 0, 6, 0];
        Assert.Equal(expected, JacobianPlan.Forward(program).Run<Float64>(inputs).Elements);
        Assert.Equal(expected, JacobianPlan.Reverse(program).Run<Float64>(inputs).Elements);
    }

    [Fact]
    public void AScalarOutputKeepsItsShape()
    {
        var program = Program.Trace(x => Functions.Square(x).Sum(), new Shape(3));
        var given = new Tensor<Rounded<Float64>>(new Shape(3), Array.ConvertAll(new double[] { 1, 2, 3 }, Rounded<Float64>.FromDouble));
        foreach (var plan in new[] { JacobianPlan.Forward(program), JacobianPlan.Reverse(program) })
        {
            var (values, jacobian) = plan.Evaluate<Rounded<Float64>>([given]);
            Assert.Equal(Shape.Scalar, values[0].Shape);
            Assert.Equal(14, Rounded<Float64>.ToDouble(((Tensor<Rounded<Float64>>)values[0])[0]));
            Assert.Equal([2, 4, 6], Array.ConvertAll(jacobian.Elements, Rounded<Float64>.ToDouble));
        }
    }

    [Fact]
    public void APlanOfManySweepsCostsWhatTheProgramOfManyDirectionsCosts()
    {
        for (int number = 0; number < 40; number++)
        {
            var program = ModePrograms.Random(number);
            var (forward, reverse) = (JacobianPlan.Forward(program, _x), JacobianPlan.Reverse(program, _x));
            int r = (int)forward.Stages[0].Columns;
            int q = (int)reverse.Stages[0].Rows;
            Assert.Equal(program.Forprop(new ForpropOptions { WithRespectTo = ["x"], Directions = r }).Count(), forward.Count());
            Assert.Equal(program.Backprop(new BackpropOptions { WithRespectTo = ["x"], Seeds = q }).Count(), reverse.Count());
        }
    }

    [Fact]
    public void AProgramWithoutARealInputHasNoJacobian()
    {
        var program = Program.Trace(x => Functions.Embedding(x.Builder.Apply(new Fill(new Shape(3, 2), 1)), x), TensorType.Index(new Shape(2)));
        var error = Assert.Throws<NonsmoothException>(() => JacobianPlan.Forward(program));
        Assert.Contains("real input", error.Message, StringComparison.Ordinal);
    }

    private static void Close(Tensor<double> expected, Tensor<double> actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        double scale = 1 + expected.Elements.Max(Math.Abs);
        for (int i = 0; i < expected.Elements.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-11 * scale, $"element {i}: {expected[i]}, {actual[i]}");
        }
    }
}
