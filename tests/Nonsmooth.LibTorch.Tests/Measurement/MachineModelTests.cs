using Nonsmooth.Compiled;
using Nonsmooth.Differentiation;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Tests.Measurement;

public sealed class MachineModelTests
{
    private static readonly MachineIdentity _identity = new("a processor", 2, "2.10.0", 1);

    private static MachineModel Model => new(2, _identity, 0, 1, 1e-10, new SortedDictionary<string, KernelModel>
    {
        ["any"] = new([1e-6, 1e-9], [], []),
        ["relu"] = new([2e-6, 0], [[0, 0]], [Math.Log(2)]),
        ["product"] = new([3e-6, 1e-11], [], []),
        ["linear"] = new([3e-6], [], []),
        ["view"] = new([5e-7], [], []),
    })
    {
        Executors = new(new(Rates(1e-7), Rates(0)), new(Rates(1e-8), Rates(1e-6)), new(Rates(1e-9), Rates(1e-5))),
        SecondsPerPlan = 1e-4,
        SecondsPerPlannedNode = 1e-5,
    };

    [Fact]
    public void AFileGivesBackTheModel()
    {
        string file = Path.Combine(Path.GetTempPath(), $"nonsmooth-{Guid.NewGuid():N}", "machine.json");
        try
        {
            Model.Save(file);
            var read = MachineModel.Load(file, _identity);
            Assert.NotNull(read);
            Assert.Equal(Model.SecondsPerStreamedByte, read.SecondsPerStreamedByte);
            Assert.Equal(Model.Kernels.Keys, read.Kernels.Keys);
            Assert.Equal(Model.Kernels["any"].Coefficients, read.Kernels["any"].Coefficients);
            Assert.Equal(Model.Kernels["relu"].Residuals, read.Kernels["relu"].Residuals);
            Assert.Equal(Model.Kernels["relu"].Positions[0], read.Kernels["relu"].Positions[0]);
            Assert.Equal(Model.Executors!.Compiled.Running, read.Executors!.Compiled.Running);
            Assert.Equal(Model.Executors.Tape.Making, read.Executors.Tape.Making);
            Assert.Equal((1e-4, 1e-5), (read.SecondsPerPlan, read.SecondsPerPlannedNode));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    [Fact]
    public void AnotherMachinesModelAndACutFileAreNotTaken()
    {
        string file = Path.GetTempFileName();
        try
        {
            Model.Save(file);
            Assert.Null(MachineModel.Load(file, _identity with { Threads = 2 }));
            Assert.Null(MachineModel.Load(file, _identity with { LibTorch = "2.11.0" }));
            File.WriteAllBytes(file, File.ReadAllBytes(file)[..40]);
            Assert.Null(MachineModel.Load(file, _identity));
            Assert.Null(MachineModel.Load(file + ".none", _identity));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void TotalsAreTheSumsOfTheNodes()
    {
        var (objective, gradient) = Programs();
        var prediction = Prediction.Of(Model, objective, gradient);
        Assert.Equal(prediction.Objective.Sum(n => n.Seconds), prediction.Forward, 1e-15);
        Assert.Equal(prediction.Gradient.Sum(n => n.Seconds), prediction.ForwardAndBackward, 1e-15);
        Assert.Equal(prediction.Gradient.Where(n => n.Name.Contains(".vjp.", StringComparison.Ordinal)).Sum(n => n.Seconds), prediction.Backward, 1e-15);
        Assert.Equal(28e-10 * 12, prediction.Optimizer, 1e-18);
        Assert.Equal(prediction.ForwardAndBackward + prediction.Optimizer, prediction.Step, 1e-15);
        Assert.Equal(prediction.ForwardAndBackward / prediction.Forward, prediction.Ratio, 1e-12);
    }

    [Fact]
    public void GradientsAreReadyWhereTheirNodesEnd()
    {
        var program = Program.Trace(
            [("x", new Shape(4, 8)), ("w", new Shape(8, 16)), ("v", new Shape(16, 2))], a => [("loss", Functions.MatMul(Functions.Relu(Functions.MatMul(a[0], a[1])), a[2]).Sum())]);
        var gradient = program.Backprop(new BackpropOptions { WithRespectTo = ["w", "v"] });
        var timeline = Model.Timeline(gradient);
        var predicted = Prediction.Of(Model, program, gradient);
        Assert.Equal(predicted.ForwardAndBackward, timeline.Compute, 1e-15);
        Assert.Equal(predicted.Optimizer, timeline.Optimizer, 1e-18);
        Assert.Equal([("w", 4 * 128L), ("v", 4 * 32L)], timeline.Gradients.Select(g => (g.Name, g.Bytes)));
        Assert.InRange(timeline.Gradients[1].Seconds, predicted.ForwardAndBackward - predicted.Backward, timeline.Gradients[0].Seconds - 1e-7);
        Assert.InRange(timeline.Gradients[0].Seconds, predicted.ForwardAndBackward - 1e-5, timeline.Compute);
    }

    [Fact]
    public void AKindWithoutTimesTakesThoseOfAny()
    {
        var predicted = Model.Predict(Programs().Objective);
        Assert.Equal("relu", predicted.Single(n => n.Function == "relu").Kind);
        Assert.Equal("linear", predicted.Single(n => n.Function == "linear").Kind);
        var mean = predicted.Single(n => n.Function == "mean");
        Assert.Equal("any", mean.Kind);
        Assert.Equal(1e-6 + 1e-9, mean.Seconds, 1e-15);
    }

    [Fact]
    public void ResidualsCorrectSizesNearThem()
    {
        var program = Program.Trace([("x", TensorType.Real(new Shape(1, 1)))], v => [("y", Functions.Relu(v[0]))]);
        double near = Model.Predict(program)[0].Seconds;
        Assert.InRange(near, 2e-6 * Math.Pow(2, 0.7), 4e-6);
        var far = Program.Trace([("x", TensorType.Real(new Shape(1024, 1024)))], v => [("y", Functions.Relu(v[0]))]);
        Assert.Equal(2e-6, Model.Predict(far)[0].Seconds, 1e-12);
    }

    [Fact]
    public void OfFourExecutorsTheOneThatTakesLeastIsChosen()
    {
        var program = Program.Trace((a, b) => Functions.Maximum(Functions.Sin(a), a * b), Shape.Scalar, Shape.Scalar);
        var choice = Model.Choose(program, 1_000_000);
        Assert.Equal([Executor.Interpreter, Executor.Tape, Executor.Compiled, Executor.LibTorch], choice.Prices.Select(p => p.Executor));
        Assert.Equal(Executor.Compiled, choice.Best);
        var nodes = Model.Predict(program);
        Assert.Equal(nodes.Sum(n => n.Seconds), choice.Prices[3].Run, 1e-15);
        Assert.Equal(1e-4 + (nodes.Count * 1e-5), choice.Prices[3].Making, 1e-12);
        Assert.Contains("calibrate again", Assert.Throws<NonsmoothException>(() => (Model with { Executors = null }).Choose(program, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void KernelsOfSmallProgramsHaveKindsOfTheirOwn()
    {
        var model = Model with { Kernels = new SortedDictionary<string, KernelModel>(Model.Kernels.ToDictionary()) { ["any hot"] = new([1e-7], [], []) } };
        Assert.Equal("any hot", model.Predict(Programs().Objective).Single(n => n.Function == "relu").Kind);
        var large = Program.Trace([("x", TensorType.Real(new Shape(1024, 1024)))], v => [("y", Functions.Relu(v[0]))]);
        Assert.Equal("relu", Assert.Single(model.Predict(large)).Kind);
    }

    private static Dictionary<ExecutorWork, double> Rates(double seconds) => new() { [ExecutorWork.Run] = seconds, [ExecutorWork.Step] = seconds, [ExecutorWork.Kernel] = seconds };

    private static (Program Objective, GradientProgram Gradient) Programs()
    {
        var objective = Program.Trace(
            [("x", TensorType.Real(new Shape(5, 3))), ("w", TensorType.Real(new Shape(4, 3)))],
            v => [("loss", Functions.Relu(Functions.Linear(v[0], v[1])).Mean(0, 1))]);
        return (objective, objective.Backprop("w"));
    }
}
