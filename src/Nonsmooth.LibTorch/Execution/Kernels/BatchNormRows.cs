using System.Runtime.InteropServices;
using Nonsmooth.LibTorch.Native;

namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>Batch norm with the relu behind it, and its gradient with the relu's before it, of images with channels last.</summary>
/// <remarks>
/// Memory is passed over once for the statistics and once for the result, in pieces of rows (a row is one pixel's
/// channels) that fit into the cache and do not depend on the number of threads, so neither do the bits. A piece's mean and squares
/// about it are merged in double.
/// </remarks>
internal static unsafe class BatchNormRows
{
    private const long Piece = 32768;
    private const int MostChannels = BatchNormPiece.Scratch;

    /// <summary>Whether the loops take such images: 32-bit or bfloat16, channels last, in whole vectors.</summary>
    public static bool Take(params ReadOnlySpan<TensorHandle> images)
    {
        foreach (var image in images)
        {
            if (image.Dtype is not (TorchDtype.Float32 or TorchDtype.BFloat16) || image.Dtype != images[0].Dtype || !LastChannels.Are(image))
            {
                return false;
            }
        }

        long channels = images[0].Sizes[1];
        return channels % BatchNormPiece.Columns == 0 && channels <= MostChannels && images[0].ElementCount > 0;
    }

    /// <summary>y, mean and variance into tensors the caller made; y after the relu if that is asked for.</summary>
    public static void Forward(
        TensorHandle x, TensorHandle weight, TensorHandle bias, double epsilon, bool relu, TensorHandle y, TensorHandle mean, TensorHandle variance)
    {
        var work = Over(x, y);
        long channels = work.Channels;
        var memory = TensorFactory.Empty([(work.Pieces * 2) + 4, channels], TorchDtype.Float64, Device.Cpu);
        work.Partial = (double*)memory.Data;
        ParallelLoop.Run(work.Pieces, 1, &Statistics, &work);
        double* means = work.Partial + (2 * work.Pieces * channels);
        double* squares = means + channels;
        work.Centre = (float*)(squares + channels);
        work.Slope = work.Centre + channels;
        work.Shift = work.Slope + channels;
        Merge(&work, means, squares);
        for (long c = 0; c < channels; c++)
        {
            double spread = squares[c] / work.Rows;
            work.Centre[c] = (float)means[c];
            work.Slope[c] = (float)(1 / Math.Sqrt(spread + epsilon)) * BatchNormPiece.Number(weight, c);
            work.Shift[c] = BatchNormPiece.Number(bias, c);
            BatchNormPiece.Set(mean, c, means[c]);
            BatchNormPiece.Set(variance, c, spread);
        }

        work.Relu = relu;
        ParallelLoop.Run(work.Pieces, 1, &Affine, &work);
        memory.Delete();
    }

    /// <summary>The cotangents of x, weight and bias into tensors the caller made.</summary>
    /// <param name="x">What was normalised.</param>
    /// <param name="weight">A channel's factor.</param>
    /// <param name="mean">A channel's mean.</param>
    /// <param name="variance">A channel's variance.</param>
    /// <param name="g">The cotangent of the norm, or of the relu behind it.</param>
    /// <param name="relu">The relu's value, where g is blocked if it is not above 0; <c>default</c> without a relu.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="ofX">Receives the cotangent of x.</param>
    /// <param name="ofWeight">Receives that of the weight.</param>
    /// <param name="ofBias">Receives that of the bias.</param>
    public static void Backward(
        TensorHandle x,
        TensorHandle weight,
        TensorHandle mean,
        TensorHandle variance,
        TensorHandle g,
        TensorHandle relu,
        double epsilon,
        TensorHandle ofX,
        TensorHandle ofWeight,
        TensorHandle ofBias)
    {
        var work = Over(x, ofX);
        long channels = work.Channels;
        var memory = TensorFactory.Empty([(work.Pieces * 2) + 4, channels], TorchDtype.Float64, Device.Cpu);
        work.Partial = (double*)memory.Data;
        work.G = g.Data;
        work.Gate = relu.IsNull ? null : relu.Data;
        work.Centre = (float*)(work.Partial + (2 * work.Pieces * channels));
        work.Shift = work.Centre + channels;
        work.Slope = work.Shift + channels;
        work.Factor = work.Slope + channels;
        for (long c = 0; c < channels; c++)
        {
            work.Centre[c] = BatchNormPiece.Number(mean, c);
        }

        ParallelLoop.Run(work.Pieces, 1, &Sums, &work);
        for (long c = 0; c < channels; c++)
        {
            double sum = 0, products = 0;
            for (long piece = 0; piece < work.Pieces; piece++)
            {
                sum += work.Partial[(2 * piece * channels) + c];
                products += work.Partial[(((2 * piece) + 1) * channels) + c];
            }

            double scale = 1 / Math.Sqrt(BatchNormPiece.Number(variance, c) + epsilon);
            work.Shift[c] = (float)(sum / work.Rows);
            work.Slope[c] = (float)(products * scale * scale / work.Rows);
            work.Factor[c] = (float)scale * BatchNormPiece.Number(weight, c);
            BatchNormPiece.Set(ofWeight, c, products * scale);
            BatchNormPiece.Set(ofBias, c, sum);
        }

        ParallelLoop.Run(work.Pieces, 1, &Combine, &work);
        memory.Delete();
    }

    private static BatchNormWork Over(TensorHandle x, TensorHandle y)
    {
        long channels = x.Sizes[1];
        long rows = x.ElementCount / channels;
        long height = Math.Max(1, Piece / channels);
        return new BatchNormWork
        {
            X = x.Data,
            Y = y.Data,
            Narrow = x.Dtype == TorchDtype.BFloat16,
            Channels = (int)channels,
            Rows = rows,
            Height = height,
            Pieces = (rows + height - 1) / height,
        };
    }

    // Chan, Golub and LeVeque: squares about the common mean from those about each piece's.
    private static void Merge(BatchNormWork* w, double* means, double* squares)
    {
        new Span<double>(means, 2 * w->Channels).Clear();
        for (long piece = 0; piece < w->Pieces; piece++)
        {
            double* part = w->Partial + (2 * piece * w->Channels);
            double before = piece * w->Height;
            double count = Math.Min(w->Height, w->Rows - (piece * w->Height));
            for (long c = 0; c < w->Channels; c++)
            {
                double gap = part[c] - means[c];
                means[c] += gap * count / (before + count);
                squares[c] += part[w->Channels + c] + (gap * gap * before * count / (before + count));
            }
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static void Statistics(long begin, long end, void* work)
    {
        for (long piece = begin; piece < end; piece++)
        {
            BatchNormPiece.Statistics((BatchNormWork*)work, piece);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static void Affine(long begin, long end, void* work)
    {
        for (long piece = begin; piece < end; piece++)
        {
            BatchNormPiece.Affine((BatchNormWork*)work, piece);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static void Sums(long begin, long end, void* work)
    {
        for (long piece = begin; piece < end; piece++)
        {
            BatchNormPiece.Sums((BatchNormWork*)work, piece);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static void Combine(long begin, long end, void* work)
    {
        for (long piece = begin; piece < end; piece++)
        {
            BatchNormPiece.Combine((BatchNormWork*)work, piece);
        }
    }
}
