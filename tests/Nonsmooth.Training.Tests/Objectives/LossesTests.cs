using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Differentiation;
using Nonsmooth.Evaluation;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Objectives;

namespace Nonsmooth.Training.Tests.Objectives;

public sealed class LossesTests
{
    private static readonly double[] _x = [0.5, -2, 3, 0.25, -0.75, 1.5];
    private static readonly double[] _y = [0.25, 1, 0.5, 0, 0.125, 0.75];

    public static TheoryData<Loss, Func<double, double, double>, Func<double, double, double>> Pairs { get; } = new()
    {
        { Losses.MeanSquared("y"), (x, y) => (x - y) * (x - y) / 6, (x, y) => 2 * (x - y) / 6 },
        { Losses.Absolute("y"), (x, y) => Math.Abs(x - y) / 6, (x, y) => Math.Sign(x - y) / 6.0 },
        { Losses.Huber("y", 0.5), (x, y) => Huber(x - y) / 6, (x, y) => Math.Clamp(x - y, -0.5, 0.5) / 6 },
        { Losses.Hinge("y"), (x, y) => Math.Max(0, 1 - (x * y)) / 6, (x, y) => x * y < 1 ? -y / 6 : 0 },
        { Losses.BinaryCrossEntropy("y"), (x, y) => -((y * Math.Log(Sigmoid(x))) + ((1 - y) * Math.Log(1 - Sigmoid(x)))) / 6, (x, y) => (Sigmoid(x) - y) / 6 },
        { Losses.Divergence("y"), (x, y) => y == 0 ? 0 : y * (Math.Log(y) - x) / 2, (_, y) => -y / 2 },
        { Losses.Of("own", a => (a.Outputs["output"] * a.Fields["y"]).Sum()), (x, y) => x * y, (_, y) => y },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void AreTheirFormulas(Loss loss, Func<double, double, double> value, Func<double, double, double> slope)
    {
        var (measured, gradient) = Run(loss, TensorType.Real(new Shape(2, 3)), TensorType.Real(new Shape(2, 3)), _x, _y);
        Assert.Equal(_x.Zip(_y, value).Sum(), measured, 12);
        double[] expected = [.. _x.Zip(_y, slope)];
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], gradient[i], 12);
        }
    }

    [Fact]
    public void BinaryCrossEntropyDoesNotOverflow() => Assert.Equal(
        2000 / 3.0, Run(Losses.BinaryCrossEntropy("y"), new Shape(3), new Shape(3), [1000, -1000, 1000], new double[] { 0, 1, 1 }).Value, 9);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void CrossEntropyTakesClassesAlongAnyAxis(bool planes)
    {
        // Two examples of two places, three classes: [N, P, C] or [N, C, P].
        double[] scores = [.. Enumerable.Range(0, 12).Select(i => Math.Sin(3.0 * i))];
        long[] target = [2, 0, 1, 1];
        var shape = planes ? new Shape(2, 3, 2) : new Shape(2, 2, 3);
        int At(int row, int c) => planes ? ((row / 2) * 6) + (c * 2) + (row % 2) : (row * 3) + c;
        double expected = Enumerable.Range(0, 4).Average(row =>
            Math.Log(Enumerable.Range(0, 3).Sum(c => Math.Exp(scores[At(row, c)]))) - scores[At(row, (int)target[row])]);
        var loss = Losses.CrossEntropy("y") with { Axis = planes ? 1 : -1 };
        var (value, gradient) = Run(loss, shape, TensorType.Index(new Shape(2, 2)), scores, target);
        Assert.Equal(expected, value, 12);
        for (int row = 0; row < 4; row++)
        {
            double total = Enumerable.Range(0, 3).Sum(c => Math.Exp(scores[At(row, c)]));
            for (int c = 0; c < 3; c++)
            {
                Assert.Equal(((Math.Exp(scores[At(row, c)]) / total) - (c == target[row] ? 1 : 0)) / 4, gradient[At(row, c)], 12);
            }
        }
    }

    [Fact]
    public void NegativeLogLikelihoodIsTheMeanAtTheClass()
    {
        var (value, gradient) = Run(Losses.NegativeLogLikelihood("y"), new Shape(2, 3), TensorType.Index(new Shape(2)), _x, new long[] { 2, 0 });
        Assert.Equal(-(3 + 0.25) / 2, value, 12);
        Assert.Equal([0, 0, -0.5, -0.5, 0, 0], gradient);
    }

    [Theory]
    [InlineData(-100, false, 0)]
    [InlineData(1, false, 0)]
    [InlineData(null, true, 0)]
    [InlineData(-100, true, 0)]
    [InlineData(-100, true, 0.2)]
    [InlineData(null, true, 0.2)]
    public void ClassesMayWeighAndTargetsNotCount(int? ignored, bool weighted, double smoothing)
    {
        double[] scores = [.. Enumerable.Range(0, 12).Select(i => Math.Sin(5.0 * i))];
        long[] target = [2, ignored ?? 0, 0, 2];
        double[] weights = weighted ? [0.5, 2, 3] : [1, 1, 1];
        double[] counts = [.. target.Select(t => t == ignored ? 0.0 : weights[t])];
        double Log(int row, int c) => scores[(row * 3) + c] - Math.Log(Enumerable.Range(0, 3).Sum(k => Math.Exp(scores[(row * 3) + k])));
        double expected = Enumerable.Range(0, 4).Where(row => target[row] != ignored).Sum(row =>
            (-(1 - smoothing) * counts[row] * Log(row, (int)target[row])) - (smoothing / 3 * Enumerable.Range(0, 3).Sum(c => weights[c] * Log(row, c)))) / counts.Sum();
        var loss = Losses.CrossEntropy("y") with { Ignored = ignored, ClassWeights = weighted ? weights : null, LabelSmoothing = smoothing };
        var (value, gradient) = Run(loss, new Shape(4, 3), TensorType.Index(new Shape(4)), scores, target);
        Assert.Equal(expected, value, 12);

        // Against differences; what does not count has none.
        for (int i = 0; i < 12; i++)
        {
            double[] Moved(double by) => [.. scores.Select((s, j) => j == i ? s + by : s)];
            double slope = (Run(loss, new Shape(4, 3), TensorType.Index(new Shape(4)), Moved(1e-6), target).Value - Run(loss, new Shape(4, 3), TensorType.Index(new Shape(4)), Moved(-1e-6), target).Value) / 2e-6;
            Assert.Equal(slope, gradient[i], 8);
            Assert.True(target[i / 3] != ignored || gradient[i] == 0);
        }

        double[] logarithms = [.. Enumerable.Range(0, 12).Select(i => Log(i / 3, i % 3))];
        var same = Losses.NegativeLogLikelihood("y") with { Ignored = ignored, ClassWeights = weighted ? weights : null };
        if (smoothing == 0)
        {
            Assert.Equal(expected, Run(same, new Shape(4, 3), TensorType.Index(new Shape(4)), logarithms, target).Value, 12);
        }
    }

    [Fact]
    public void WeightsAreInALossesText()
    {
        Assert.Contains("weights 0.5 2", (Losses.CrossEntropy() with { ClassWeights = [0.5, 2] }).ToString(), StringComparison.Ordinal);
        Assert.Equal(
            "loss 'cross-entropy' has 2 class weights and its output 3 classes: give one a class",
            Assert.Throws<NonsmoothException>(() => Trace(Losses.CrossEntropy("y") with { ClassWeights = [1, 1] }, new Shape(2, 3), TensorType.Index(new Shape(2)))).Message);
    }

    [Fact]
    public void EvaluationSmoothsNoLabels()
    {
        var smoothed = Losses.CrossEntropy() with { LabelSmoothing = 0.1 };
        Assert.Equal(Losses.CrossEntropy(), smoothed.ForEvaluation());
    }

    [Fact]
    public void ShapesThatDoNotFitAreNamed()
    {
        static string Refused(Loss loss, TensorType x, TensorType y) =>
            Assert.ThrowsAny<NonsmoothException>(() => Trace(loss, x, y)).Message;

        Assert.Equal(
            "loss 'huber' compares numbers of one shape: output 'output' is real 2×3, field 'y' is real 2",
            Refused(Losses.Huber("y"), new Shape(2, 3), new Shape(2)));
        Assert.Equal(
            "loss 'cross-entropy' takes a number a class along axis 1 and the index of the right one: output 'output' is real 2×3, field 'y' is real 2",
            Refused(Losses.CrossEntropy("y"), new Shape(2, 3), new Shape(2)));
        Assert.Equal("there is no field 'z': use one of x, y", Refused(Losses.MeanSquared("z"), new Shape(2), new Shape(2)));
        Assert.Equal("there is no output 'mean': use one of output", Refused(Losses.MeanSquared("y") with { Output = "mean" }, new Shape(2), new Shape(2)));
        Assert.Equal("delta of loss 'huber' is -1: give a finite number above 0", Refused(Losses.Huber("y", -1), new Shape(2), new Shape(2)));
    }

    private static double Huber(double d) => Math.Abs(d) <= 0.5 ? d * d / 2 : 0.5 * (Math.Abs(d) - 0.25);

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static Program Trace(Loss loss, TensorType x, TensorType y)
    {
        var builder = new ProgramBuilder();
        var (output, target) = (builder.Input("x", x), builder.Input("y", y, InputRole.Target));
        NamedVariables outputs = output;
        return builder.Build([("loss", loss.Of(new LossArguments(outputs, new NamedVariables("field", [("x", output), ("y", target)]))))]);
    }

    private static (double Value, double[] Gradient) Run(Loss loss, TensorType x, TensorType y, double[] values, Array targets)
    {
        var results = Interpreter.Run<Float64>(Trace(loss, x, y).Backprop("x"), values, targets);
        return (((Tensor<double>)results[0]).Elements[0], ((Tensor<double>)results[1]).Elements);
    }
}
