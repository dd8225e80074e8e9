using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;
using static Nonsmooth.Dictionary.ExampleArgument;

namespace Nonsmooth.LibTorch.Tests.Formats;

/// <summary>Functions on arguments over which there is much to add up, and on degenerate shapes.</summary>
internal static class LongRows
{
    private static readonly Shape _rows = new(8192, 2);
    private static readonly Shape _row = new(2, 8192);
    private static readonly Shape _two = new(2);
    private static readonly Shape _maps = new(16, 2, 16, 16);

    /// <summary>Sums of 256 to 100,000 terms, in value or gradient.</summary>
    public static IReadOnlyList<DictionaryRow> Sums { get; } =
    [
        new(new LayerNorm(), [Reals(_rows), Reals(_two), Reals(_two)]),
        new(new LayerNorm(), [Reals(_row), Reals(new Shape(8192)), Reals(new Shape(8192))]),
        new(new BatchNorm(), [Reals(_maps), Reals(_two), Reals(_two)]),
        new(new BatchNorm(), [Reals(_rows), Reals(_two), Reals(_two)]),
        new(new BatchNormInference(), [Reals(_maps), Reals(_two), Reals(_two), Reals(_two), Reals(_two, 0.5, 2)]),
        new(new Embedding(), [Reals(new Shape(3, 2)), Indices(new Shape(8192), 3)]),
        new(new EmbeddingScatter(3), [Reals(_rows), Indices(new Shape(8192), 3)]),
        new(new ScatterAdd(1, 3), [Reals(_row), Indices(_row, 3)]),
        new(new Sum([0], false), [Reals(new Shape(100_000))]),
        new(new Mean([0], false), [Reals(new Shape(100_000))]),
        new(new Sum([0], false), [Reals(_rows)]),
        new(new Sum([1], true), [Reals(_row)]),
        new(new Broadcast(_rows), [Reals(_two)]),
        new(new LogSumExp([1], false), [Reals(_rows)]),
        new(new LogSumExp([1], false), [Reals(_row)]),
        new(new Softmax(1), [Reals(_row)]),
        new(new LogSoftmax(1), [Reals(_row)]),
        new(new CrossEntropy(), [Reals(new Shape(2048, 10)), Indices(new Shape(2048), 10)]),
        new(new CrossEntropy(0.1), [Reals(new Shape(4, 2048)), Indices(new Shape(4), 2048)]),
        new(new CumulativeSum(1, false), [Reals(_row)]),
        new(new CumulativeSum(1, true), [Reals(_row)]),
        new(new CumulativeMaximum(1), [Reals(_row)]),
        new(new Norm(1, [1], false), [Reals(_row)]),
        new(new Norm(2, [1], false), [Reals(_row)]),
        new(new MeanSquaredError(), [Reals(_row), Reals(_row)]),
        new(new MatMul(), [Reals(new Shape(2, 4096)), Reals(new Shape(4096, 3))]),
        new(new Linear(), [Reals(new Shape(4096, 2)), Reals(new Shape(3, 2)), Reals(new Shape(3))]),
        new(new Conv2d([1, 1], [1, 1], [1, 1], 1), [Reals(new Shape(4, 8, 12, 12)), Reals(new Shape(4, 8, 3, 3)), Reals(new Shape(4))]),
        new(new Attention(true), [Reals(new Shape(1, 128, 16)), Reals(new Shape(1, 128, 16)), Reals(new Shape(1, 128, 8))]),
        new(new AvgPool2d([16, 16], [16, 16], [0, 0]), [Reals(_maps)]),
        new(new MaxPool2d([5, 5], [1, 1], [2, 2], [1, 1]), [Reals(new Shape(1, 2, 12, 12))]),
    ];

    /// <summary>Axes of 0 and of 1.</summary>
    public static IReadOnlyList<DictionaryRow> Thin { get; } =
    [
        .. from shape in (Shape[])[new Shape(3, 1), new Shape(1, 3), new Shape(1, 1), new Shape(0, 2)]
           from function in (ElementaryFunction[])[new Sum([1], false), new Mean([1], false), new LogSumExp([1], false), new Softmax(1), new LogSoftmax(1), new Norm(2, [1], true), new CumulativeSum(1, false), new CumulativeMaximum(1), new Sort(1, false), new ReduceExtremum([1], false, true)]
           select new DictionaryRow(function, [Reals(shape)]),
        .. from shape in (Shape[])[new Shape(3, 1), new Shape(1, 3), new Shape(1, 1)]
           select new DictionaryRow(new LayerNorm(), [Reals(shape), Reals(new Shape(shape[1])), Reals(new Shape(shape[1]))]),
        new(new Sum([1], false), [Reals(new Shape(2, 0))]),
        new(new MatMul(), [Reals(new Shape(2, 0)), Reals(new Shape(0, 3))]),
        new(new Linear(), [Reals(new Shape(0, 3)), Reals(new Shape(2, 3)), Reals(_two)]),
    ];
}
