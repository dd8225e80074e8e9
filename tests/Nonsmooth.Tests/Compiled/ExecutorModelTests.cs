using System.Diagnostics;
using Nonsmooth.Compiled;

namespace Nonsmooth.Tests.Compiled;

/// <summary>Which executor a program's runs take least time with follows from its types.</summary>
public sealed class ExecutorModelTests
{
    private static readonly ExecutorModel _model = new(
        new(Rates((ExecutorWork.Kernel, 1e-6), (ExecutorWork.Element, 1e-9), (ExecutorWork.ElementFunction, 1e-8), (ExecutorWork.Product, 2e-9)), Rates()),
        new(Rates((ExecutorWork.Step, 5e-9), (ExecutorWork.StepFunction, 2e-8), (ExecutorWork.FarProduct, 3e-10)), Rates((ExecutorWork.Run, 1e-5))),
        new(
            Rates((ExecutorWork.Step, 1e-9), (ExecutorWork.StepFunction, 1e-8), (ExecutorWork.Loop, 3e-8), (ExecutorWork.Element, 1e-10), (ExecutorWork.Product, 2e-10), (ExecutorWork.FarProduct, 3e-10), (ExecutorWork.Addition, 1e-9)),
            Rates((ExecutorWork.Step, 1e-5), (ExecutorWork.StepFunction, 1e-5), (ExecutorWork.Loop, 2e-4), (ExecutorWork.Kernel, 1e-5))));

    [Fact]
    public void OneRunIsInterpretedSomeWalkATapeAndManyAreCompiled()
    {
        var program = Program.Trace((a, b) => Maximum(Sin(Multiply(a, b)), Relu(a)), Shape.Scalar, Shape.Scalar);
        Assert.Equal(Executor.Interpreter, _model.Choose(program, 1).Best);
        Assert.Equal(Executor.Tape, _model.Choose(program, 100).Best);
        Assert.Equal(Executor.Compiled, _model.Choose(program, 100_000).Best);
        var price = _model.Price(program, Executor.Compiled)!;
        Assert.Equal((4e-5, 1.3e-8), (price.Making, price.Run), (a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-12 && Math.Abs(a.Item2 - b.Item2) < 1e-15);
        Assert.Empty(price.Uncounted);
    }

    [Fact]
    public void LargeProductsAreLibtorchsWhereItIsThere()
    {
        var program = Program.Trace([("a", new Shape(256, 256)), ("b", new Shape(256, 256))], v => [("y", Functions.MatMul(v[0], v[1]))]);
        var choice = _model.Choose(program, 100, new ExecutorPrice(Executor.LibTorch, 1e-3, 5e-4, []));
        Assert.Equal(Executor.LibTorch, choice.Best);
        Assert.Equal(4, choice.Prices.Count);
        Assert.Equal(0.051, choice.Prices[^1].Total(100), 1e-12);
        Assert.NotEqual(Executor.LibTorch, _model.Choose(program, 100).Best);
        Assert.Equal(256 * 256 * 256 * 3e-10, _model.Price(program, Executor.Compiled)!.Run, 1e-12);
    }

    [Fact]
    public void NeighboursShareALoopAndAReaderOfItsResultDoesNot()
    {
        var program = Program.Trace([("x", new Shape(1000))], v => [("y", Relu(Multiply(v[0], v[0])).Sum())]);

        // One loop, two operations and one number read for each element; then a thousand additions one after another.
        Assert.Equal(3e-8 + (3000 * 1e-10) + (1000 * 1e-9), _model.Price(program, Executor.Compiled)!.Run, 1e-12);
    }

    [Fact]
    public void WhatDoesNotFitInItsMemoryIsNotCompiled()
    {
        var program = Program.Trace([("x", new Shape(50_000, 50_000))], v => [("y", Relu(v[0]))]);
        Assert.Null(_model.Price(program, Executor.Compiled));
        Assert.Equal(Executor.Interpreter, Assert.Single(_model.Choose(program, 5).Prices).Executor);
    }

    [Fact]
    public void LibtorchIsPricedByItsOwnModel() => Assert.Contains(
        "LibTorch", Assert.Throws<NonsmoothException>(() => _model.Price(Program.Trace(a => Sin(a), Shape.Scalar), Executor.LibTorch)).Message, StringComparison.Ordinal);

    [Fact]
    public void TheAdvisorOfModesCanAskIt()
    {
        var program = Program.Trace([("x", new Shape(8))], v => [("y", Sin(v[0]).Sum())]);
        var advice = ModeAdvisor.Recommend(program, options: new ModeOptions { ProgramPrice = _model.Price });
        Assert.Equal(DerivativeMode.Reverse, advice.Mode);
        Assert.InRange(advice.Price, 1e-9, 1e-3);
    }

    [Fact]
    public void PlantedRatesAreFoundAgain()
    {
        var measured = Enumerable.Range(1, 8).Select(i =>
        {
            double[] amounts = new double[Enum.GetValues<ExecutorWork>().Length];
            (amounts[(int)ExecutorWork.Run], amounts[(int)ExecutorWork.Step], amounts[(int)ExecutorWork.Product]) = (1, 100 * i, i * i);
            return (amounts, 2e-8 + (100 * i * 1e-9));
        });
        var rates = ExecutorRates.Fit([.. measured]);
        Assert.Equal(2e-8, rates[ExecutorWork.Run], 1e-12);
        Assert.Equal(1e-9, rates[ExecutorWork.Step], 1e-13);
        Assert.False(rates.TryGetValue(ExecutorWork.Product, out double product) && product > 1e-12);
    }

    [Fact]
    public void AnyMachineHasRatesForEachExecutor()
    {
        var model = ExecutorModel.Calibrate(TimeSpan.Zero);
        Assert.All([model.Interpreter, model.Tape, model.Compiled], rates => Assert.NotEmpty(rates.Running));
        Assert.All([model.Tape, model.Compiled], rates => Assert.NotEmpty(rates.Making));
        Assert.Empty(model.Interpreter.Making);
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

        Assert.InRange(model.Price(program, Executor.Compiled)!.Run / least, 1 / 3.0, 3);
    }

    private static SortedDictionary<ExecutorWork, double> Rates(params (ExecutorWork Work, double Seconds)[] rates) => new(rates.ToDictionary(r => r.Work, r => r.Seconds));
}
