using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nonsmooth.Optimizers.Kernels;

namespace Nonsmooth.Optimizers;

/// <summary>Rows of C = p·AB + q·D, all row-major: A m × k, B k × n, C and D m × n.</summary>
/// <remarks>
/// Every element is one chain of fused multiply-adds over k in order, so neither the vectors' width nor the
/// share of rows changes a bit.
/// </remarks>
internal static unsafe class MatrixProduct
{
    private const int Block = 4;

    /// <summary>Computes rows [start, end).</summary>
    public static void Rows(float* a, float* b, float* c, int k, int n, int start, int end, float p, float q, float* d)
    {
        int row = start;
        for (; row + Block <= end; row += Block)
        {
            float* left = a + ((long)row * k);
            int column = Wide(left, b, c, k, n, row, p, q, d);
            column = Span4<ScalarLanes<float>, float>(left, b, c, k, n, row, column, p, q, d);
        }

        for (; row < end; row++)
        {
            float* left = a + ((long)row * k);
            int column = 0;
            column = Vector512.IsHardwareAccelerated ? Span1<Lanes512, Vector512<float>>(left, b, c, k, n, row, column, p, q, d) : column;
            column = Vector256.IsHardwareAccelerated ? Span1<Lanes256, Vector256<float>>(left, b, c, k, n, row, column, p, q, d) : column;
            Span1<ScalarLanes<float>, float>(left, b, c, k, n, row, column, p, q, d);
        }
    }

    private static int Wide(float* left, float* b, float* c, int k, int n, int row, float p, float q, float* d)
    {
        int column = 0;
        column = Vector512.IsHardwareAccelerated ? Span4<Lanes512, Vector512<float>>(left, b, c, k, n, row, column, p, q, d) : column;
        column = Vector256.IsHardwareAccelerated ? Span4<Lanes256, Vector256<float>>(left, b, c, k, n, row, column, p, q, d) : column;
        return Vector128.IsHardwareAccelerated ? Span4<Lanes128, Vector128<float>>(left, b, c, k, n, row, column, p, q, d) : column;
    }

    /// <summary>Four rows, as many columns as whole vectors give; returns the first column left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Span4<TLanes, TVector>(float* left, float* b, float* c, int k, int n, int row, int column, float p, float q, float* d)
        where TLanes : ILanes<float, TVector>
        where TVector : struct
    {
        for (; column + TLanes.Width <= n; column += TLanes.Width)
        {
            TVector s0 = TLanes.Create(0), s1 = s0, s2 = s0, s3 = s0;
            float* right = b + column;
            for (int i = 0; i < k; i++, right += n)
            {
                TVector v = TLanes.Load(right);
                s0 = TLanes.FusedMultiplyAdd(TLanes.Create(left[i]), v, s0);
                s1 = TLanes.FusedMultiplyAdd(TLanes.Create(left[i + k]), v, s1);
                s2 = TLanes.FusedMultiplyAdd(TLanes.Create(left[i + (2 * k)]), v, s2);
                s3 = TLanes.FusedMultiplyAdd(TLanes.Create(left[i + (3 * k)]), v, s3);
            }

            long at = ((long)row * n) + column;
            Finish<TLanes, TVector>(s0, c, d, at, p, q);
            Finish<TLanes, TVector>(s1, c, d, at + n, p, q);
            Finish<TLanes, TVector>(s2, c, d, at + (2L * n), p, q);
            Finish<TLanes, TVector>(s3, c, d, at + (3L * n), p, q);
        }

        return column;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Span1<TLanes, TVector>(float* left, float* b, float* c, int k, int n, int row, int column, float p, float q, float* d)
        where TLanes : ILanes<float, TVector>
        where TVector : struct
    {
        for (; column + TLanes.Width <= n; column += TLanes.Width)
        {
            TVector sum = TLanes.Create(0);
            float* right = b + column;
            for (int i = 0; i < k; i++, right += n)
            {
                sum = TLanes.FusedMultiplyAdd(TLanes.Create(left[i]), TLanes.Load(right), sum);
            }

            Finish<TLanes, TVector>(sum, c, d, ((long)row * n) + column, p, q);
        }

        return column;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TLanes, TVector>(TVector sum, float* c, float* d, long at, float p, float q)
        where TLanes : ILanes<float, TVector>
        where TVector : struct
    {
        TVector product = TLanes.Multiply(TLanes.Create(p), sum);
        TLanes.Store(d is null ? product : TLanes.FusedMultiplyAdd(TLanes.Create(q), TLanes.Load(d + at), product), c + at);
    }
}
