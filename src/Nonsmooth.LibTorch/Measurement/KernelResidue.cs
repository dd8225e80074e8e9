using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Measurement;

/// <summary>What kernels leave in the process when they first run, in bytes: it stays until the process ends.</summary>
/// <remarks>
/// Three things, sized as they were seen on x86-64 Linux. The system maps the code of a function that was not needed
/// before in windows of 16 pages. oneDNN writes code for each convolution of new sizes, and for the copies around it.
/// The library of matrix products packs both factors into a buffer, and makes another for a product that is larger than
/// all before. The process's heap has room for the first of it; what a small convolutional network and one square product of 1024 have left is the process's own.
/// </remarks>
internal static class KernelResidue
{
    private const long Window = 64 << 10;
    private const long FunctionCode = 3 * Window;
    private const long StridedAdjointCode = 28 * Window;
    private const long ConvolutionCode = 96 << 10;
    private const long FreeBefore = 448 << 10;
    private const long PackedDepth = 192;
    private const long PackedRows = 512;
    private const long PackedBefore = (1024 + PackedRows) * PackedDepth;

    private static readonly HashSet<string> _loaded =
    [
        "conv2d", "conv2d_weight", "conv_transpose2d", "relu", "gate", "max_pool2d", "max_pool2d_scatter", "linear", "matmul", "reshape", "transpose",
        "slice", "broadcast", "log_softmax", "log_softmax_gradient", "gather", "scatter_add", "mean", "sum", "neg", "scale", "fill",
    ];

    /// <summary>For each node, what is there when it has run.</summary>
    /// <param name="program">The program as it is executed.</param>
    /// <param name="options">How it is executed.</param>
    public static long[] Of(Program program, ExecutionOptions options)
    {
        long bytes = options.Storage.ElementSize();
        var seen = new HashSet<string>(_loaded, StringComparer.Ordinal);
        long packed = PackedBefore;
        long sum = -FreeBefore;
        long[] left = new long[program.Nodes.Count];
        for (int n = 0; n < left.Length; n++)
        {
            var node = program.Nodes[n];
            sum += seen.Add(node.Function.Name) ? FunctionCode : 0;
            if (node.Function is Conv2d or ConvTranspose2d or Conv2dWeight)
            {
                bool blocked = ConvolutionWorkspace.IsBlocked(program, node);
                sum += blocked && seen.Add($"{node.Function} {string.Join(' ', program.ArgumentTypes(node))}") ? ConvolutionCode : 0;
                sum += !blocked && seen.Add($"{node.Function.Name} as a product") ? FunctionCode : 0;
                sum += blocked && node.Function is ConvTranspose2d { Stride: var stride } && stride.Any(s => s != 1) && seen.Add("strided adjoint") ? StridedAdjointCode : 0;
            }
            else if (Sides(program, node) is var (rows, columns, depth) && Packed(rows, columns, depth) is var numbers && numbers > packed)
            {
                packed = numbers;
                sum += bytes * numbers;
            }

            left[n] = Math.Max(0, sum);
        }

        return left;
    }

    // The inner dimension is cut into equal parts.
    private static long Packed(long rows, long columns, long depth) =>
        (columns + Math.Min(rows, PackedRows)) * depth / ((depth + PackedDepth - 1) / PackedDepth);

    // Batched products are small ones, one after the other.
    private static (long Rows, long Columns, long Depth)? Sides(Program program, Node node)
    {
        if (node.Function is not (Linear or MatMul))
        {
            return null;
        }

        var (right, result) = (program.Types[node.Arguments[1]].Shape, program.Types[node.Results[0]].Shape);
        long columns = result[^1];
        return right.Rank == 2 && right.Count64 > 0 && result.Count64 > 0 ? (result.Count64 / columns, columns, right.Count64 / columns) : null;
    }
}
