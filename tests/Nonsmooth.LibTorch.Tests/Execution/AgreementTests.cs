using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Differentiation;
using Nonsmooth.Evaluation;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using Nonsmooth.Testing;

namespace Nonsmooth.LibTorch.Tests.Execution;

/// <summary>Both executors run every function of the dictionary, its backprop and its forprop, and agree.</summary>
public sealed class AgreementTests
{
    private static readonly HashSet<string> _roundOnce =
    [
        "add", "sub", "mul", "div", "add_constant", "scale", "square", "sqrt", "reciprocal", "neg", "abs", "relu", "relu6",
        "hardtanh", "clamp", "maximum", "minimum", "gate", "select", "floor", "round", "sign",
    ];

    public static TheoryData<int, string> Rows
    {
        get
        {
            var data = new TheoryData<int, string>();
            for (int i = 0; i < StandardDictionary.Rows.Count; i++)
            {
                data.Add(i, StandardDictionary.Rows[i].ToString());
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void InSinglePrecision(int row, string name) => Agree<Float32>(row, name, Precision.Float32, 1e-5);

    [Theory]
    [MemberData(nameof(Rows))]
    public void InDoublePrecision(int row, string name) => Agree<Float64>(row, name, Precision.Float64, 1e-12);

    [Theory]
    [MemberData(nameof(Rows))]
    public void InHalfPrecision(int row, string name) => Agree<Float16>(row, name, Precision.Float16, 2e-2);

    [Theory]
    [MemberData(nameof(Rows))]
    public void InTheBrainFormat(int row, string name) => Agree<BFloat16>(row, name, Precision.BFloat16, 1.5e-1);

    [Theory]
    [MemberData(nameof(Rows))]
    public void AsOnAGpuInSinglePrecision(int row, string name) => Agree<Float32>(row, name, Precision.Float32, 1e-5, asOnGpu: true);

    [Theory]
    [MemberData(nameof(Rows))]
    public void AsOnAGpuInHalfPrecision(int row, string name) => Agree<Float16>(row, name, Precision.Float16, 2e-2, asOnGpu: true);

    [Theory]
    [MemberData(nameof(Rows))]
    public void AsOnAGpuInTheBrainFormat(int row, string name) => Agree<BFloat16>(row, name, Precision.BFloat16, 1.5e-1, asOnGpu: true);

    private static void Agree<TFormat>(int index, string name, Precision precision, double tolerance, bool asOnGpu = false)
        where TFormat : struct, IFormat
    {
        Assert.NotEmpty(name);
        var row = StandardDictionary.Rows[index];
        var program = Examples.Program(row);
        var options = new ExecutionOptions { Precision = precision, AsOnGpu = asOnGpu };
        Compare<TFormat>(program, row, options, tolerance);
        if (program.Inputs.Any(i => program.Types[i.Value].Kind == ElementKind.Real)
            && program.Outputs.Any(o => program.Types[o.Value].Kind == ElementKind.Real))
        {
            Compare<TFormat>(program.Backprop(new BackpropOptions()), row, options, tolerance);
            Compare<TFormat>(program.Forprop(new ForpropOptions()), row, options, tolerance);
        }
    }

    private static void Compare<TFormat>(Program program, DictionaryRow row, ExecutionOptions options, double tolerance)
        where TFormat : struct, IFormat
    {
        var random = new Random(program.Nodes.Count);
        ExampleArgument[] arguments = [.. row.Arguments, .. program.Inputs.Skip(row.Arguments.Count).Select(i => ExampleArgument.Reals(program.Types[i.Value].Shape))];
        var arrays = Examples.Draw(arguments, random, (_, x) => TFormat.Round(x));
        var expected = Interpreter.Run<TFormat>(program, arrays);
        using var compiled = new LibTorchExecutor(options).Compile(program);
        var tensors = program.Inputs.Select((input, i) => TorchTensor.FromArray(arrays[i], program.Types[input.Value].Shape)).ToArray();
        var actual = compiled.Call(tensors);
        bool exact = program.Nodes.All(n => _roundOnce.Contains(n.Function.Name) || n.Function.Count(program.ArgumentTypes(n)).Total == 0);
        for (int o = 0; o < expected.Count; o++)
        {
            string what = $"{program.Outputs[o].Name} of\n{program}";
            switch (expected[o])
            {
                case Tensor<double> reals:
                    using (var wide = actual[o].To(TorchDtype.Float64))
                    {
                        Near(reals.Elements, wide.ToArray<double>(), exact ? 0 : tolerance, what);
                    }

                    break;
                case Tensor<long> indices:
                    Assert.Equal(indices.Elements, actual[o].ToArray<long>());
                    break;
                default:
                    Assert.Equal(((Tensor<bool>)expected[o]).Elements, Array.ConvertAll(actual[o].ToArray<byte>(), b => b != 0));
                    break;
            }

            Assert.Equal(expected[o].Shape.Select(s => (long)s), actual[o].Sizes.ToArray());
        }

        foreach (var tensor in tensors.Concat(actual))
        {
            tensor.Dispose();
        }
    }

    private static void Near(double[] expected, double[] actual, double tolerance, string what)
    {
        double scale = tolerance == 0 ? 0 : expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        for (int i = 0; i < expected.Length; i++)
        {
            bool same = expected[i].Equals(actual[i]) || expected[i] == actual[i]
                || Math.Abs(expected[i] - actual[i]) <= tolerance * Math.Max(scale, tolerance > 1e-4 ? 1 : 1e-3);
            Assert.True(same, $"element {i}: interpreter {expected[i]:R}, libtorch {actual[i]:R}, {what}");
        }
    }
}
