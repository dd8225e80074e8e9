using System.Numerics;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Compiled;

/// <summary>How much work the kernels of <see cref="TensorRows"/> are: a row each.</summary>
internal static class KernelWork
{
    // Right matrices beyond do not stay beside a core.
    private const int MostNear = 1 << 15;

    // A sum in vectors waits for itself as long as one of single numbers.
    private static readonly int _lanes = Vector<double>.Count;

    /// <summary>Whether a function adds what it is given.</summary>
    public static bool IsSum(ElementaryFunction function) => function is Sum or Mean;

    /// <summary>The work of a function that has a kernel.</summary>
    public static IEnumerable<(ExecutorWork Work, double Amount)> Of(ElementaryFunction function, IReadOnlyList<TensorType> types) => function switch
    {
        Sum sum => Sums(sum.Axes, types[0].Shape),
        Mean mean => Sums(mean.Axes, types[0].Shape),
        MatMul product => Product(types[0].Shape, types[1].Shape, product.TransposeRight),
        Linear => Product(types[0].Shape, types[1].Shape, true),
        IMultiplyAdds convolution => Convolution(function, convolution, types),
        _ => throw new InvalidOperationException($"{function.Name} has no kernel"),
    };

    private static (ExecutorWork Work, double Amount)[] Sums(IntVector axes, Shape shape)
    {
        long inner = shape[(axes[^1] + 1)..].Count64;
        return [(ExecutorWork.Addition, shape.Count64 / (double)inner * (inner == 1 ? 1 : (inner / _lanes) + (inner % _lanes)))];
    }

    private static (ExecutorWork Work, double Amount)[] Product(Shape left, Shape right, bool isTurned)
    {
        long columns = isTurned ? right[^2] : right[^1];
        double inner = isTurned ? right[^1] : right[^2];
        double stack = right.Rank > 2 ? right[..^2].Count64 : 1;
        long rows = (long)(left.Count64 / inner / stack);
        return
        [
            (inner * columns > MostNear ? ExecutorWork.FarProduct : ExecutorWork.Product, stack * inner * Units(rows, columns)),
            (ExecutorWork.Pack, isTurned ? stack * inner * columns : 0),
        ];
    }

    // Four rows go at once, and vectors of columns, the last of which may overlap. A single column takes as long as a vector, and a single row's
    // vector as long as four rows', or as four vectors of it.
    private static double Units(long rows, long columns)
    {
        long vectors = columns < _lanes ? columns : (columns + _lanes - 1) / _lanes;
        return (rows / 4 * 4 * _lanes * vectors) + (rows % 4 * 4 * _lanes * ((vectors / 4) + (vectors % 4)));
    }

    // It gathers its columns first, and puts its results where they belong.
    private static (ExecutorWork Work, double Amount)[] Convolution(ElementaryFunction function, IMultiplyAdds products, IReadOnlyList<TensorType> types) =>
    [
        (ExecutorWork.Product, products.EffectiveMultiplyAdds(types)),
        (ExecutorWork.Pack, function.InferTypes(types).Concat(types).Sum(t => (double)t.Shape.Count64)),
    ];
}
