using Nonsmooth.Arithmetic;
using Nonsmooth.Evaluation;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Tests.Formats;

/// <summary>One program at one point, executed in a format and held against what storing and computing there may cost.</summary>
/// <param name="Worst">The largest deviation over its bound; ∞ where a number was not finite that should be, or the other way round.</param>
/// <param name="Elements">How many elements were compared.</param>
/// <param name="Unbounded">How many were not, for nothing is promised there (values beyond the format between two nodes, a comparison that rounding may turn).</param>
/// <param name="What">The element that deviates most.</param>
internal sealed record FormatRun(double Worst, long Elements, long Unbounded, string What)
{
    /// <summary>How many times the bound is allowed.</summary>
    public const double Allowed = 4;

    public bool Fails => Worst > Allowed;

    /// <summary>Runs it on libtorch.</summary>
    public static FormatRun Of<TStored, TComputed>(Program program, ExecutionOptions options, IReadOnlyList<Array> inputs)
        where TStored : struct, IFormat
        where TComputed : struct, IFormat
    {
        using var compiled = new LibTorchExecutor(options).Compile(program);
        var tensors = program.Inputs.Select((input, i) => TorchTensor.FromArray(inputs[i], program.Types[input.Value].Shape)).ToArray();
        var outputs = compiled.Call(tensors);
        try
        {
            return Compare(Bounds<TStored, TComputed>(compiled.Program, inputs), o =>
            {
                using var wide = outputs[o].To(TorchDtype.Float64);
                return wide.ToArray<double>();
            }, program);
        }
        finally
        {
            foreach (var tensor in tensors.Concat(outputs))
            {
                tensor.Dispose();
            }
        }
    }

    /// <summary>Runs it on the interpreter, which rounds after every operation.</summary>
    public static FormatRun Interpreted<TFormat>(Program program, IReadOnlyList<Array> inputs)
        where TFormat : struct, IFormat
    {
        var actual = Interpreter.Run<TFormat>(program, inputs);
        return Compare(Bounds<TFormat, TFormat>(program, inputs), o => ((Tensor<double>)actual[o]).Elements, program);
    }

    private static FormatRun Compare<TStored, TComputed>(IReadOnlyList<Tensor<Erring<TStored, TComputed>>?> expected, Func<int, double[]> actual, Program program)
        where TStored : struct, IFormat
        where TComputed : struct, IFormat
    {
        var run = new FormatRun(0, 0, 0, "");
        for (int o = 0; o < expected.Count; o++)
        {
            if (expected[o] is not { } bounds)
            {
                continue;
            }

            double[] numbers = actual(o);
            for (int i = 0; i < numbers.Length; i++)
            {
                var bound = bounds.Elements[i];
                bool known = double.IsFinite(bound.Error);
                double ratio = !known ? 0 : Ratio(bound.Value, bound.Error, numbers[i]);
                run = run with
                {
                    Elements = run.Elements + (known ? 1 : 0),
                    Unbounded = run.Unbounded + (known ? 0 : 1),
                    Worst = Math.Max(run.Worst, ratio),
                    What = ratio > run.Worst ? $"{program.Outputs[o].Name}[{i}] is {numbers[i]:R}, not {bound}" : run.What,
                };
            }
        }

        return run;
    }

    private static double Ratio(double expected, double error, double actual) =>
        double.IsNaN(expected) ? (double.IsNaN(actual) ? 0 : double.PositiveInfinity)
        : expected == actual ? 0
        : !double.IsFinite(expected) || !double.IsFinite(actual) || error == 0 ? double.PositiveInfinity
        : Math.Abs(expected - actual) / error;

    private static List<Tensor<Erring<TStored, TComputed>>?> Bounds<TStored, TComputed>(Program program, IReadOnlyList<Array> inputs)
        where TStored : struct, IFormat
        where TComputed : struct, IFormat
    {
        var tensors = program.Inputs.Select((input, i) => Read<Erring<TStored, TComputed>>(program.Types[input.Value].Shape, inputs[i])).ToArray();
        var results = Interpreter.Evaluate<Erring<TStored, TComputed>>(program, tensors, (_, made) =>
        {
            foreach (var tensor in made.OfType<Tensor<Erring<TStored, TComputed>>>())
            {
                for (int i = 0; i < tensor.Elements.Length; i++)
                {
                    tensor.Elements[i] = tensor.Elements[i].Stored;
                }
            }
        });
        return [.. results.Select(r => r as Tensor<Erring<TStored, TComputed>>)];
    }

    private static Tensor Read<T>(Shape shape, Array array)
        where T : struct, INumeric<T> => array switch
        {
            double[] reals => Tensor.Of(shape, Array.ConvertAll(reals, T.Varying)),
            long[] indices => Tensor.Of(shape, indices),
            _ => Tensor.Of(shape, (bool[])array),
        };
}
