using Nonsmooth.Answers;

namespace Nonsmooth.Tests.Answers;

public sealed class AbsNormalFormTests
{
    [Fact]
    public void IsThePiecewiseLinearProgramItself()
    {
        var random = new Random(1);
        foreach (var (name, program, point) in KinkedPrograms.All.Where(p => p.Name is not ("norms" or "norm pool")))
        {
            var form = AbsNormalForm.Of(program, [point]);
            double scale = name is "curved" or "hardswish" or "elu and selu" or "minimum" or "top" ? 1e-4 : 1;
            for (int trial = 0; trial < 20; trial++)
            {
                double[] step = [.. point.Select(_ => scale * ((2 * random.NextDouble()) - 1))];
                double[] moved = [.. point.Zip(step, (x, d) => x + d)];
                double expected = ((Tensor<double>)Interpreter.Run<Float64>(program, moved)[0])[0];
                double error = Math.Abs(form.Evaluate(step).Outputs[0] - expected);
                Assert.True(error <= (scale < 1 ? 1e-6 : 1e-12), $"{name}: {error}");
            }

            Assert.All(form.SwitchBySwitch.Select((row, i) => row.Skip(i)), tail => Assert.All(tail, l => Assert.Equal(0, l)));
        }
    }

    [Fact]
    public void IsRefusedWithItsSize()
    {
        var program = Program.Trace(x => Relu(x).Sum(), new Shape(1000));
        var size = AbsNormalForm.Size(program);
        Assert.Equal((1000, 1000, 1), (size.Switches, size.Inputs, size.Outputs));
        Assert.Equal(8m * 1001 * 2001, size.Bytes);
        var e = Assert.Throws<NonsmoothException>(() => AbsNormalForm.Of(program, [new double[1000]], 1 << 20));
        Assert.Contains("16,024,008 bytes", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheSwitchesOfAPoolAreItsComparisons()
    {
        // The pooling layer of ResNet18 at 224; source: complexity specification, 3.5.
        var program = Program.Trace(x => x.Builder.ApplyAll(new MaxPool2d([3, 3], [2, 2], [1, 1], [1, 1]), x)[0], new Shape(1, 64, 112, 112));
        Assert.Equal(1_605_632, AbsNormalForm.Size(program).Switches);
        Assert.Contains("bytes", Assert.Throws<NonsmoothException>(() => AbsNormalForm.Of(program, [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingInputIsNamed()
    {
        var program = Program.Trace((x, y) => Relu(x + y), Shape.Scalar, Shape.Scalar);
        var e = Assert.Throws<NonsmoothException>(() => AbsNormalForm.Of(program, [new double[1]]));
        Assert.Contains("takes 2 inputs (x, y), given 1", e.Message, StringComparison.Ordinal);
    }
}
