using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Evaluation;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Tests.Execution.Kernels;

/// <summary>Max pooling's derivative and its transpose under every tie rule have the interpreter's bits.</summary>
[Collection(Alone.Name)]
public sealed class MaxPoolTiesTests
{
    private static readonly Shape _images = new(3, 2, 7, 8);

    private static readonly MaxPool2d[] _pools =
    [
        new([2, 2], [2, 2], [0, 0], [1, 1]),
        new([2, 2], [2, 2], [0, 0], [1, 1], CeilMode: true),
        new([3, 3], [2, 2], [1, 1], [1, 1]),
        new([3, 2], [1, 3], [1, 0], [2, 1]),
        new([2, 2], [3, 3], [0, 0], [1, 1]),
        new([7, 8], [1, 1], [0, 0], [1, 1]),
    ];

    private static readonly TieRule[] _rules =
    [
        TieRule.First, TieRule.Last, TieRule.Average, TieRule.Beta(10), TieRule.Beta(-0.3), TieRule.Beta(1e4),
        TieRule.Custom("rank", (count, rank) => (rank + 1.0) / count), TieRule.Custom("nothing", (_, _) => -0.0),
    ];

    public static TheoryData<int, int, Precision> Cases
    {
        get
        {
            var data = new TheoryData<int, int, Precision>();
            for (int pool = 0; pool < _pools.Length; pool++)
            {
                for (int rule = 0; rule < _rules.Length; rule++)
                {
                    data.Add(pool, rule, Precision.Float32);
                    data.Add(pool, rule, Precision.Float64);
                }
            }

            // One product an element is all there is in windows that do not overlap: 16 bits round as the interpreter does.
            for (int rule = 0; rule < _rules.Length; rule++)
            {
                data.Add(0, rule, Precision.Float16);
                data.Add(0, rule, Precision.BFloat16);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void BitsAreTheInterpreters(int pool, int rule, Precision precision)
    {
        foreach (bool special in (bool[])[false, true])
        {
            // What libtorch's own kernel, used for the rule first, adds to a zero of the other sign is not asked.
            Func<double[], double[]> arranged = _rules[rule].Equals(TieRule.First) ? Positive : v => v;
            // The index is the interpreter's: of several NaN libtorch names the last.
            double[] x = BothExecutors.Tying(_images.Elements, pool, special);
            long[] index = ((Tensor<long>)Interpreter.Run<Float64>(Program.Trace(v => v.Builder.ApplyAll(_pools[pool], v)[1], _images), x)[0]).Elements;
            BothExecutors.Same(
                Scatter(_pools[pool], _rules[rule]),
                precision,
                x,
                index,
                arranged(BothExecutors.Tying(_pools[pool].InferTypes([_images])[0].Shape.Elements, rule, special)));
            if (precision is Precision.Float32 or Precision.Float64)
            {
                BothExecutors.Same(
                    Pick(_pools[pool], _rules[rule]),
                    precision,
                    x,
                    index,
                    arranged(BothExecutors.Tying(_images.Elements, rule, special)));
            }
        }

        static double[] Positive(double[] values) => [.. values.Select(v => v == 0 ? 0.25 : Math.Abs(v))];
    }

    [Fact]
    public void BitsDoNotDependOnTheNumberOfThreads()
    {
        var shape = new Shape(8, 8, 33, 33);
        var results = new List<float[]>();
        foreach (int count in (int[])[1, 2, 5])
        {
            using var use = LibTorchThreads.Use(count);
            using var compiled = new LibTorchExecutor().Compile(Scatter(new MaxPool2d([3, 3], [2, 2], [1, 1], [1, 1]), TieRule.Beta(3), shape));
            using var x = TorchTensor.FromSpan<double>(BothExecutors.Tying(shape.Elements, 1), [8, 8, 33, 33]);
            using var index = TorchTensor.FromSpan<long>(new long[8 * 8 * 17 * 17], [8, 8, 17, 17]);
            using var g = TorchTensor.FromSpan<double>(BothExecutors.Tying(8 * 8 * 17 * 17, 2), [8, 8, 17, 17]);
            using var result = compiled.Call(x, index, g)[0];
            results.Add(result.ToArray<float>());
        }

        Assert.Equal(results[0], results[1]);
        Assert.Equal(results[0], results[2]);
    }

    private static Program Scatter(MaxPool2d pool, TieRule rule, Shape? images = null)
    {
        var builder = new ProgramBuilder();
        var x = builder.Input("x", images ?? _images);
        var shape = pool.InferTypes([x.Shape])[0].Shape;
        var index = builder.Input("index", TensorType.Index(shape));
        var g = builder.Input("g", shape);
        return builder.Build([("y", builder.Apply(new MaxPoolScatter(pool, rule), x, index, g))]);
    }

    private static Program Pick(MaxPool2d pool, TieRule rule)
    {
        var builder = new ProgramBuilder();
        var x = builder.Input("x", _images);
        var index = builder.Input("index", TensorType.Index(pool.InferTypes([x.Shape])[0].Shape));
        var t = builder.Input("t", _images);
        return builder.Build([("y", builder.Apply(new MaxPoolPick(pool, rule), x, index, t))]);
    }
}
