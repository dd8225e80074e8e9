using Nonsmooth.Differentiation;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using Measured = Nonsmooth.LibTorch.Measurement.Measurement;

namespace Nonsmooth.LibTorch.Tests.Measurement.Defects;

[Collection(Alone.Name)]
public sealed class DefectTests(ITestOutputHelper output)
{
    /// <summary>How far beyond the bound a planted defect is, so that no disturbance of the machine hides it.</summary>
    private const double Margin = 20;

    public static TheoryData<string> Names => [.. DefectTable.Rows.Select(d => d.Name)];

    [Fact]
    public void ThereAreTwentyDifferentDefects() => Assert.Equal(20, DefectTable.Rows.DistinctBy(d => d.Name).Count());

    [Theory]
    [MemberData(nameof(Names))]
    public void TheDefectIsNamedAndNothingElse(string name)
    {
        var violation = Assert.Single(Check(Of(name), planted: true));
        output.WriteLine(violation.ToString());
        Assert.Equal(name, violation.Node);
        Assert.Equal(name, violation.Function);
        Assert.StartsWith($"{name}.vjp.", violation.Slowest, StringComparison.Ordinal);
        Assert.True(violation.Ratio >= Margin * violation.Bound, $"{violation} is within {Margin} times the bound: make it grosser");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TheSameNetworkWithoutTheDefectHasNoViolation(string name) => Assert.Empty(Check(Of(name), planted: false));

    [Fact]
    public void DenormalsCostManyTimesWhatFlushedOnesDo()
    {
        var kept = Assert.Single(Check(DefectTable.Denormals(flush: false), planted: true));
        Assert.All(Check(DefectTable.Denormals(flush: true), planted: true), flushed => Assert.True(kept.Ratio > 5 * flushed.Ratio, $"{kept}; {flushed}"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TheDefectiveGradientIsRight(string name)
    {
        var defect = Of(name);
        float[][] expected = Gradients(defect, planted: false);
        float[][] actual = Gradients(defect, planted: true);
        for (int output = 0; output < expected.Length; output++)
        {
            float scale = expected[output].Max(MathF.Abs);
            Assert.True(scale > 0);
            Assert.All(expected[output].Zip(actual[output]), pair => Assert.Equal(pair.First, pair.Second, scale * defect.Error));
        }
    }

    private static Defect Of(string name) => DefectTable.Rows.Single(d => d.Name == name);

    private static Program Network(Defect defect, bool planted) => Program.Trace(
        [
            ("x", TensorType.Real(new Shape(defect.Rows, 64))), ("hidden", TensorType.Real(new Shape(Defect.Columns, 64))),
            ("scale", TensorType.Real(new Shape(Defect.Columns))), ("shift", TensorType.Real(new Shape(Defect.Columns))),
            ("head", TensorType.Real(new Shape(10, Defect.Columns))),
        ],
        v =>
        {
            var before = Functions.Tanh(Functions.LayerNorm(Functions.Linear(v[0], v[1]), v[2], v[3]));
            var after = Functions.Relu(before.Builder.Apply(new DefectiveFunction(defect, planted), before));
            return [("loss", Functions.Square(Functions.LogSoftmax(Functions.Linear(after, v[4]))).Mean(0, 1))];
        });

    private static Program Gradient(Program objective) =>
        objective.Backprop(new BackpropOptions { WithRespectTo = ["hidden", "scale", "head"] });

    private static IReadOnlyList<Violation> Check(Defect defect, bool planted)
    {
        Timed.Only();
        using var use = LibTorchThreads.Use(1);
        var objective = Network(defect, planted);
        var gradient = Gradient(objective);
        var options = new MeasurementOptions { WarmUps = 40, Repeats = 5, Clock = ThreadClock.Instance };
        return CheapGradientCheck.Find(objective, gradient, Measured.Of(objective, gradient, options));
    }

    private static float[][] Gradients(Defect defect, bool planted)
    {
        var gradient = Gradient(Network(defect, planted));
        var inputs = SampleInputs.Of(gradient);
        using var compiled = new LibTorchExecutor().Compile(gradient);
        var outputs = compiled.Call([.. inputs]);
        float[][] results = [.. outputs.Select(o => o.ToArray<float>())];
        foreach (var tensor in inputs.Concat(outputs))
        {
            tensor.Dispose();
        }

        return results;
    }
}
