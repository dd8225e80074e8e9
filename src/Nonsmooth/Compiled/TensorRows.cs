using System.Numerics;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Compiled;

/// <summary>The functions with kernels of their own, and those that do the same to each element: a row each.</summary>
/// <remarks>What only moves elements, and costs nothing, needs no row: where to is found by evaluating it on steps.</remarks>
internal static class TensorRows
{
    private static readonly HashSet<Type> _elementwise = [typeof(Gate), typeof(Nonsmooth.Dictionary.Greater), typeof(Branch), typeof(SafeDivide), typeof(Compare), typeof(Select), typeof(Logical), typeof(LogicalNot)];

    /// <summary>Whether a function does the same to each element of arguments of one shape.</summary>
    public static bool IsElementwise(ElementaryFunction function) =>
        function is IUnaryFunction or IBinaryFunction || _elementwise.Contains(function.GetType());

    /// <summary>The kernel of a function that has one.</summary>
    /// <param name="name">The node's name.</param>
    /// <param name="function">The function.</param>
    /// <param name="arguments">Where the arguments lie: in memory.</param>
    /// <param name="to">Where the result lies.</param>
    /// <param name="scratch">Takes so many numbers of memory.</param>
    public static Kernel<T> Of<T>(string name, ElementaryFunction function, Place[] arguments, Place to, Func<int, int> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => function switch
        {
            MatMul product => Product<T>(name, product.TransposeLeft, product.TransposeRight, arguments, to, scratch),
            Linear => Product<T>(name, false, true, arguments, to, scratch),
            Sum sum => Sums<T>(name, sum.Axes, arguments[0], to, false),
            Mean mean => Sums<T>(name, mean.Axes, arguments[0], to, true),
            Conv2d c => Gathered<T>(name, GatheredConvolutions.Of(c.Form(arguments[0].Type.Shape, arguments[1].Type.Shape)), arguments, to, scratch),
            Conv2dWeight c => Gathered<T>(name, GatheredConvolutions.Weight(c.Form(arguments[0].Type.Shape, arguments[1].Type.Shape)), arguments, to, scratch),
            ConvTranspose2d c => Gathered<T>(name, GatheredConvolutions.Transposed(c.Form(arguments[0].Type.Shape, arguments[1].Type.Shape)), arguments, to, scratch),
            _ => throw new InvalidOperationException($"{function.Name} has no kernel"),
        };

    /// <summary>Whether there is a kernel for arguments of these types.</summary>
    public static bool Has(ElementaryFunction function, Place[] arguments) => function switch
    {
        MatMul or Linear or Conv2d or Conv2dWeight or ConvTranspose2d => Array.TrueForAll(arguments, a => a.Elements > 0),
        Sum sum => IsRun(sum.Axes, arguments[0].Type.Shape),
        Mean mean => IsRun(mean.Axes, arguments[0].Type.Shape),
        _ => false,
    };

    // Axes side by side only, and something to add.
    private static bool IsRun(IntVector axes, Shape shape) => shape.Elements > 0 && axes.Count > 0 && axes[^1] - axes[0] == axes.Count - 1;

    private static ProductKernel<T> Product<T>(string name, bool transposeLeft, bool transposeRight, Place[] arguments, Place to, Func<int, int> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (a, b) = (arguments[0].Type.Shape, arguments[1].Type.Shape);
        int columns = transposeRight ? b[^2] : b[^1];
        int inner = transposeRight ? b[^1] : b[^2];
        int stack = b.Rank > 2 ? b[..^2].Elements : 1;
        return new(name, new(
            arguments[0].Address,
            arguments[1].Address,
            arguments.Length > 2 ? arguments[2].Address : -1,
            to.Address,
            transposeRight ? scratch(inner * columns) : -1,
            stack,
            a.Elements / inner / stack,
            inner,
            columns,
            transposeLeft,
            transposeRight));
    }

    private static GatheredKernel<T> Gathered<T>(string name, GatheredProduct[] products, Place[] arguments, Place to, Func<int, int> scratch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(name, products, (arguments[0].Address, arguments[1].Address, arguments.Length > 2 ? arguments[2].Address : -1, to.Address), scratch);

    private static SumKernel<T> Sums<T>(string name, IntVector axes, Place from, Place to, bool mean)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var shape = from.Type.Shape;
        int middle = shape[axes[0]..(axes[^1] + 1)].Elements;
        return new(name, from.Address, to.Address, shape[..axes[0]].Elements, middle, shape[(axes[^1] + 1)..].Elements, mean ? T.CreateTruncating((double)middle) : T.One);
    }
}
