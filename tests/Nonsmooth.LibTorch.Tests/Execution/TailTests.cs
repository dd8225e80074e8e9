using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Differentiation;
using Nonsmooth.Evaluation;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Mathematics;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Tests.Execution;

/// <summary>Values and slopes of activation functions in f32 keep their relative accuracy in the tails, however they are lowered.</summary>
public sealed class TailTests
{
    private static readonly Dictionary<string, (Func<Variable, Variable> Function, double Reach)> _functions = new()
    {
        ["gelu"] = (x => Functions.Gelu(x), 12),
        ["gelu.tanh"] = (x => Functions.Gelu(x, true), 9),
        ["silu"] = (Functions.Silu, 80),
        ["elu"] = (x => Functions.Elu(x, 1), 80),
        ["selu"] = (Functions.Selu, 80),
        ["sigmoid"] = (Functions.Sigmoid, 80),
        ["tanh"] = (Functions.Tanh, 40),
        ["expm1"] = (Functions.ExpM1, 80),
        ["softplus"] = (Functions.Softplus, 80),
        ["mish"] = (x => x * Functions.Tanh(Functions.Softplus(x)), 80),
        ["erfc"] = (Functions.Erfc, 9),
    };

    public static TheoryData<string, bool> Cases
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (string name in _functions.Keys)
            {
                data.Add(name, false);
                data.Add(name, true);
            }

            return data;
        }
    }

    // The interpreter in f64 is within a few of its own units of what the slope is; the program's own f32 is compared with it.
    [Theory]
    [MemberData(nameof(Cases))]
    public void SlopesInSinglePrecision(string name, bool asOnGpu)
    {
        var (function, reach) = _functions[name];
        double[] x = [.. Enumerable.Range(0, 81).Select(i => (double)(float)(reach * (i - 40) / 40.0))];
        var program = Program.Trace(x => function(x).Sum(), new Shape(x.Length)).Backprop("x");
        var exact = ((Tensor<double>)Interpreter.Run<Float64>(program, x)[^1]).Elements;
        double[] near = Array.ConvertAll(x, v => v * (1 + Math.ScaleB(1, -20)));
        var moved = ((Tensor<double>)Interpreter.Run<Float64>(program, near)[^1]).Elements;
        double[] slopes = Run(program, x, asOnGpu);
        for (int i = 0; i < x.Length; i++)
        {
            double condition = Math.Abs((moved[i] - exact[i]) / exact[i]) * Math.ScaleB(1, 20);
            double tolerance = 8 * Math.Max(1, condition) * Math.ScaleB(1, -23) * Math.Abs(exact[i]);
            Assert.True(Math.Abs(slopes[i] - exact[i]) <= tolerance + 1e-37, $"{name}' at {x[i]}: {slopes[i]:R}, not {exact[i]:R}");
        }
    }

    [Theory]
    [InlineData(-6.0)]
    [InlineData(-4.0)]
    [InlineData(-9.0)]
    public void GeluInSinglePrecision(double x)
    {
        double right = x * 0.5 * Transcendental.Erfc(-x * Math.Sqrt(0.5));
        var program = Program.Trace(v => Functions.Gelu(v), new Shape(1));
        Assert.Equal(right, Run(program, [x], false)[0], Math.Abs(right) * 1.3e-7);
        Assert.Equal(right, Run(program, [x], true)[0], Math.Abs(right) * 2e-5);
    }

    [Fact]
    public void DoublePrecisionHasTheInterpretersBits()
    {
        double[] x = [.. Enumerable.Range(0, 1003).Select(i => (i - 501) * 0.031)];
        var program = Program.Trace(x => Functions.Gelu(x).Sum(), new Shape(x.Length)).Backprop("x");
        Assert.Equal(((Tensor<double>)Interpreter.Run<Float64>(program, x)[^1]).Elements, Run(program, x, false, Precision.Float64));
    }

    [Fact]
    public void LogSumExpOfNothingAndOfInfinity()
    {
        var empty = Program.Trace(x => x.LogSumExp(1), new Shape(2, 0));
        Assert.Equal([double.NegativeInfinity, double.NegativeInfinity], Run(empty, [], false));
        var one = Program.Trace(x => x.LogSumExp(0), new Shape(3));
        Assert.Equal([double.PositiveInfinity], Run(one, [1, double.PositiveInfinity, -2], false));
        Assert.Equal([double.PositiveInfinity], Run(one, [1, double.PositiveInfinity, double.NegativeInfinity], true));
    }

    [Fact]
    public void TheSlopeOfAPowerInItsExponentIsZeroAtBaseZero()
    {
        // The base is max(−p, 0): 0 at positive exponents, with slope 0.
        var program = Program.Trace(p => Functions.Pow(Functions.Relu(-p), p).Sum(), new Shape(3)).Backprop("p");
        Assert.Equal([0, 0, 0], Run(program, [1, 2, 2.5], false));
    }

    private static double[] Run(Program program, double[] x, bool asOnGpu, Precision precision = Precision.Float32)
    {
        using var compiled = new LibTorchExecutor(new ExecutionOptions { Precision = precision, AsOnGpu = asOnGpu }).Compile(program);
        long[] sizes = [.. program.Types[program.Inputs[0].Value].Shape.Select(s => (long)s)];
        using var wide = TorchTensor.FromSpan<double>(x, sizes);
        using var argument = wide.To(precision == Precision.Float64 ? TorchDtype.Float64 : TorchDtype.Float32);
        var results = compiled.Call(argument);
        using var last = results[^1].To(TorchDtype.Float64);
        double[] numbers = last.ToArray<double>();
        foreach (var result in results)
        {
            result.Dispose();
        }

        return numbers;
    }
}
