using System.Globalization;
using Nonsmooth.Arithmetic;
using Nonsmooth.Differentiation;
using Nonsmooth.Evaluation;
using Nonsmooth.LibTorch.Autograd;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Tests.Formats;

/// <summary>A value and the gradient of its sum, in words that are equal where the numbers are, up to rounding.</summary>
internal static class NonFiniteAnswer
{
    public static string OfInterpreter(NonFiniteRow row, double[] at)
    {
        var (program, ones) = Gradient(row, at);
        var results = Interpreter.Run<Float64>(program, at, ones);
        return Words(((Tensor<double>)results[0]).Elements, ((Tensor<double>)results[1]).Elements);
    }

    public static string OfPlan(NonFiniteRow row, double[] at)
    {
        var (program, ones) = Gradient(row, at);
        using var compiled = new LibTorchExecutor(new ExecutionOptions { Precision = Precision.Float64 }).Compile(program);
        using var x = TorchTensor.FromSpan<double>(at, [at.Length]);
        using var seed = TorchTensor.FromSpan<double>(ones, [.. program.Types[program.Inputs[1].Value].Shape.Select(s => (long)s)]);
        var results = compiled.Call(x, seed);
        string words = Words(results[0].ToArray<double>(), results[1].ToArray<double>());
        foreach (var result in results)
        {
            result.Dispose();
        }

        return words;
    }

    public static string OfLibTorch(NonFiniteRow row, double[] at)
    {
        var live = AutogradProbe.Measure(at, row.Live);
        return Words([.. live.Value], [.. live.Gradient]);
    }

    public static string Show(IEnumerable<double> numbers) => string.Join(", ", numbers.Select(Show));

    private static (Program Program, double[] Ones) Gradient(NonFiniteRow row, double[] at)
    {
        Program program = Program.Trace(x => row.Function(x), new Shape(at.Length)).Backprop(new BackpropOptions { SeedInput = true });
        double[] ones = new double[program.Types[program.Inputs[1].Value].Shape.Elements];
        Array.Fill(ones, 1);
        return (program, ones);
    }

    private static string Words(double[] value, double[] gradient) => $"{Show(value)}; slope {Show(gradient)}";

    private static string Show(double x) => double.IsNaN(x) ? "NaN" : double.IsInfinity(x) ? (x > 0 ? "∞" : "−∞")
        : Math.Abs(x) < 1e-15 ? (double.IsNegative(x) ? "−0" : "0") : x.ToString("G6", CultureInfo.InvariantCulture).Replace('-', '−');
}
