using Nonsmooth.Arithmetic;
using Nonsmooth.Evaluation;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Tests.Execution.Kernels;

/// <summary>Runs a program on the interpreter and on libtorch, in one format.</summary>
internal static class BothExecutors
{
    /// <summary>All outputs of reals, of either executor; nothing of the compiled program may run on the host.</summary>
    public static (double[][] Expected, double[][] Actual) Run(Program program, Precision precision, params Array[] inputs)
    {
        var expected = precision switch
        {
            Precision.Float64 => Interpreter.Run<Float64>(program, inputs),
            Precision.BFloat16 => Interpreter.Run<BFloat16>(program, inputs),
            Precision.Float16 => Interpreter.Run<Float16>(program, inputs),
            _ => Interpreter.Run<Float32>(program, inputs),
        };
        using var compiled = new LibTorchExecutor(new ExecutionOptions { Precision = precision }).Compile(program);
        Assert.Empty(compiled.HostNodes);
        var tensors = program.Inputs.Select((input, i) => TorchTensor.FromArray(inputs[i], program.Types[input.Value].Shape)).ToArray();
        var outputs = compiled.Call(tensors);
        var reals = Enumerable.Range(0, expected.Count).Where(o => expected[o] is Tensor<double>).ToArray();
        var actual = reals.Select(o =>
        {
            using var wide = outputs[o].To(TorchDtype.Float64);
            return wide.ToArray<double>();
        }).ToArray();
        foreach (var tensor in tensors.Concat(outputs))
        {
            tensor.Dispose();
        }

        return ([.. reals.Select(o => ((Tensor<double>)expected[o]).Elements)], actual);
    }

    /// <summary>The same bits, but one NaN is as good as another.</summary>
    public static void Same(Program program, Precision precision, params Array[] inputs)
    {
        var (expected, actual) = Run(program, precision, inputs);
        for (int o = 0; o < expected.Length; o++)
        {
            for (int i = 0; i < expected[o].Length; i++)
            {
                bool same = double.IsNaN(expected[o][i])
                    ? double.IsNaN(actual[o][i])
                    : BitConverter.DoubleToInt64Bits(expected[o][i]) == BitConverter.DoubleToInt64Bits(actual[o][i]);
                Assert.True(same, $"{program.Outputs[o].Name}[{i}]: interpreter {expected[o][i]:R}, libtorch {actual[o][i]:R} in {precision}, of\n{program}");
            }
        }
    }

    /// <summary>Numbers of few values, so that they tie, with zeros of both signs; now and then NaN or an infinity.</summary>
    public static double[] Tying(int count, int seed, bool special = false)
    {
        var random = new Random(seed);
        double[] values = [-1.25, -0.5, -0.0, 0.0, 0.375, 1.5];
        double[] specials = [double.NaN, double.PositiveInfinity, double.NegativeInfinity];
        return [.. Enumerable.Range(0, count).Select(_ =>
            special && random.Next(12) == 0 ? specials[random.Next(3)] : values[random.Next(values.Length)])];
    }
}
