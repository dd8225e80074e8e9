using System.Diagnostics;
using Nonsmooth.Compiled;

namespace Nonsmooth.Tests.Compiled;

/// <summary>Which executor a program's runs take least time with follows from its types.</summary>
public sealed class ExecutorModelTests
{
    private static readonly ExecutorModel _model = new()
    {
        Step = 1e-9,
        StepFunction = 1e-8,
        Element = 2e-10,
        ElementFunction = 2e-9,
        Product = 2e-10,
        OwnLoop = 5e-9,
        Planning = 1e-5,
        PlanningWhole = 2e-4,
        InterpretedNode = 1e-6,
        InterpretedOperation = 1e-9,
    };

    [Fact]
    public void OneRunIsInterpretedAndManyAreCompiled()
    {
        var program = Program.Trace((a, b) => Maximum(Sin(Multiply(a, b)), Relu(a)), Shape.Scalar, Shape.Scalar);
        Assert.Equal(Executor.Interpreter, _model.Choose(program, 1).Best);
        Assert.Equal(Executor.Compiled, _model.Choose(program, 1000).Best);
        var (planning, run) = _model.Compiled(program);
        Assert.Equal((4e-5, 1.3e-8), (planning, run), (a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-12 && Math.Abs(a.Item2 - b.Item2) < 1e-15);
    }

    [Fact]
    public void LargeProductsAreLibtorchsWhereItIsThere()
    {
        var program = Program.Trace([("a", new Shape(256, 256)), ("b", new Shape(256, 256))], v => [("y", Functions.MatMul(v[0], v[1]))]);
        var choice = _model.Choose(program, 100, (1e-3, 5e-4));
        Assert.Equal(Executor.LibTorch, choice.Best);
        Assert.Equal(Executor.Compiled, _model.Choose(program, 100).Best);
        Assert.Equal(0.051, choice.Seconds[Executor.LibTorch], 1e-12);
    }

    [Fact]
    public void TheAdvisorOfModesCanAskIt()
    {
        var program = Program.Trace([("x", new Shape(8))], v => [("y", Sin(v[0]).Sum())]);
        var advice = ModeAdvisor.Recommend(program, options: new ModeOptions { ProgramPrice = _model.Price });
        Assert.Equal(DerivativeMode.Reverse, advice.Mode);
        Assert.InRange(advice.Price, 1e-9, 1e-3);
    }

    [Fact]
    public void ItIsWithinThreeTimesOfTheTime()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("NONSMOOTH_TIMED") == "1", "goes by the clock: set NONSMOOTH_TIMED=1");
        var model = ExecutorModel.Calibrate();
        var program = Program.Trace(
            [("x", new Shape(32, 10)), ("w", new Shape(64, 10)), ("b", new Shape(64))],
            v => [("loss", Square(Relu(Functions.Linear(v[0], v[1], v[2]))).Mean())]).Backprop(new BackpropOptions());
        var run = CompiledProgram<double>.Of(program).Start();
        double least = double.MaxValue;
        for (int i = 0; i < 3000; i++)
        {
            long start = Stopwatch.GetTimestamp();
            run.Execute();
            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        Assert.InRange(model.Compiled(program).Run / least, 1 / 3.0, 3);
    }
}
