using System.Globalization;
using System.Text;
using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Evaluation;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.LibTorch.Tests.Formats;

/// <summary>At infinities, NaN and overflow the interpreter and libtorch have one answer.</summary>
public sealed class NonFiniteTests
{
    private const double Infinite = double.PositiveInfinity;
    private const double NaN = double.NaN;

    private static readonly Dictionary<string, (Func<Variable, Variable> Function, double[] At, double[] Value)> _rows = new()
    {
        ["a norm whose squares overflow"] = (x => x.Norm(2, 0), [3e20, 4e20], [Infinite]),
        ["roots"] = (x => Functions.Pow(x, 0.5), [-0.0, -Infinite, Infinite], [-0.0, NaN, Infinite]),
        ["inverse roots"] = (x => Functions.Pow(x, -0.5), [-0.0, 0.0, Infinite], [-Infinite, Infinite, 0]),
        ["a leaky relu without slope"] = (x => Functions.LeakyRelu(x, 0), [-Infinite, Infinite], [0, Infinite]),
        ["log-sum-exp of an infinity"] = (x => x.LogSumExp(0), [1, Infinite], [Infinite]),
        ["a maximum of NaN"] = (x => x.Max(0), [NaN, 1, NaN], [NaN]),
        ["a clamp of NaN"] = (x => Functions.Clamp(x, -1, 1), [NaN], [NaN]),
        ["a 1-norm of NaN"] = (x => x.Norm(1, 0), [NaN, 1], [NaN]),
        ["a leaky relu of NaN"] = (x => Functions.LeakyRelu(x), [NaN], [NaN]),
        ["a pool of NaNs"] = (x => Functions.MaxPool2d(x.Reshape(new Shape(1, 1, 2, 2)), 2).Reshape(new Shape(1)), [1, NaN, 3, NaN], [NaN]),
    };

    public static TheoryData<string> Names => [.. _rows.Keys];

    /// <summary>Zeros of both signs, infinities, NaN: where the interpreter, the plan and libtorch's own autograd do not have one answer is listed.</summary>
    [Fact]
    public void WhereTheyDifferFromLibTorchIsListed()
    {
        int points = 0;
        var text = new StringBuilder("| function | at | interpreter | libtorch's plan | libtorch 2.10 itself |\n|---|---|---|---|---|\n");
        foreach (var row in NonFiniteRow.All)
        {
            var differing = new List<(string At, string A, string B, string C)>();
            foreach (double[] point in row.Points)
            {
                points++;
                string interpreted = NonFiniteAnswer.OfInterpreter(row, point), planned = NonFiniteAnswer.OfPlan(row, point), live = NonFiniteAnswer.OfLibTorch(row, point);
                if (interpreted != planned || planned != live)
                {
                    differing.Add((NonFiniteAnswer.Show(point), interpreted, planned, live));
                }
            }

            foreach (var same in differing.GroupBy(d => (d.A, d.B, d.C)))
            {
                text.Append(CultureInfo.InvariantCulture, $"| {row.Name} | {string.Join("; ", same.Select(d => d.At))} | {same.Key.A} | {(same.Key.B == same.Key.A ? "the same" : same.Key.B)} | {same.Key.C} |\n");
            }
        }

        GeneratedPart.Check("formats.md", "non-finite", string.Create(CultureInfo.InvariantCulture, $"{text}\n{NonFiniteRow.All.Count} functions, {points} points."));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void BothExecutorsAnswer(string name)
    {
        var (function, at, value) = _rows[name];
        var program = Program.Trace(x => function(x), new Shape(at.Length));
        Assert.Equal(value, ((Tensor<double>)Interpreter.Run<Float32>(program, at)[0]).Elements);
        using var compiled = new LibTorchExecutor().Compile(program);
        using var x = TorchTensor.FromSpan<double>(at, [at.Length]);
        using var y = compiled.Call(x)[0];
        Assert.Equal(value, Array.ConvertAll(y.ToArray<float>(), v => (double)v));
    }
}
