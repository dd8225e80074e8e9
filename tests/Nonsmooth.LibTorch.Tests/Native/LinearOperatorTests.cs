using Nonsmooth.LibTorch.Native;
using static Nonsmooth.LibTorch.Tests.Native.OperatorBench;

namespace Nonsmooth.LibTorch.Tests.Native;

public sealed class LinearOperatorTests
{
    private static readonly double[] A = [1, -2, 3, 0.5, 0, 1];
    private static readonly double[] B = [2, 1, 0, -1, 1, 4];

    private static double[] Product(double[] a, double[] b, int m, int k, int n)
    {
        var c = new double[m * n];
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                for (var p = 0; p < k; p++)
                {
                    c[i * n + j] += a[i * k + p] * b[p * n + j];
                }
            }
        }

        return c;
    }

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void Products(TorchDtype dtype)
    {
        var (a, b) = (T(dtype, A, 2, 3), T(dtype, B, 3, 2));
        var (a3, b3) = (T(dtype, A, 1, 2, 3), T(dtype, B, 1, 3, 2));
        var (u, v) = (T(dtype, A), T(dtype, B));
        var ab = Product(A, B, 2, 3, 2);
        Close(ab, Call("mm", Slot.Of(a), Slot.Of(b)), dtype);
        Close(ab, Call("matmul", Slot.Of(a), Slot.Of(b)), dtype);
        Close(ab, Call("bmm", Slot.Of(a3), Slot.Of(b3)), dtype);
        Close([A.Zip(B, (x, y) => x * y).Sum()], Call("dot", Slot.Of(u), Slot.Of(v)), dtype);
        var direct = DirectOperators.For(DeviceKind.Cpu);
        var c = T(dtype, [1, 2], 2);
        var result = TensorFactory.Empty([2, 2], dtype, Device.Cpu);
        direct.MatrixMultiply(result, a, b);
        Close(ab, V(result), dtype);
        direct.MatrixMultiplyAdd(result, c, a, b, 1, 2);
        double[] expected = [2 * ab[0] + 1, 2 * ab[1] + 2, 2 * ab[2] + 1, 2 * ab[3] + 2];
        Close(expected, V(result), dtype);
        var batch = TensorFactory.Empty([1, 2, 2], dtype, Device.Cpu);
        direct.BatchMultiply(batch, a3, b3);
        Close(ab, V(batch), dtype);
        direct.BatchMultiplyAdd(batch, c, a3, b3, 1, 2);
        Close(expected, V(batch), dtype);
        Close([.. expected.Select(x => Math.Max(x, 0))], Take(direct.MatrixMultiplyAddActivation(c, a, b, alpha: 2)), dtype);
        foreach (var handle in new[] { a, b, a3, b3, u, v, c, result, batch })
        {
            handle.Delete();
        }
    }

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void LinearLayer(TorchDtype dtype)
    {
        var (x, w, b) = (T(dtype, A, 2, 3), T(dtype, B, 2, 3), T(dtype, [0.5, -1], 2));
        double[] wt = [B[0], B[3], B[1], B[4], B[2], B[5]];
        var y = Product(A, wt, 2, 3, 2);
        Close(y, Call("linear", Slot.Of(x), Slot.Of(w), Slot.None), dtype);
        Close([y[0] + 0.5, y[1] - 1, y[2] + 0.5, y[3] - 1], Call("linear", Slot.Of(x), Slot.Of(w), Slot.Optional(b)), dtype);
        x.Delete();
        w.Delete();
        b.Delete();
    }

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void Attention(TorchDtype dtype)
    {
        double[] q = [1, 0, 0.5, -1], k = [0.5, 1, -1, 0], v = [1, 2, 3, 4];
        var expected = new double[4];
        for (var i = 0; i < 2; i++)
        {
            var score = Enumerable.Range(0, 2).Select(j => Math.Exp((q[2 * i] * k[2 * j] + q[2 * i + 1] * k[2 * j + 1]) / Math.Sqrt(2))).ToArray();
            for (var c = 0; c < 2; c++)
            {
                expected[2 * i + c] = (score[0] * v[c] + score[1] * v[2 + c]) / score.Sum();
            }
        }

        var (tq, tk, tv) = (T(dtype, q, 1, 1, 2, 2), T(dtype, k, 1, 1, 2, 2), T(dtype, v, 1, 1, 2, 2));
        var y = Call("scaled_dot_product_attention", Slot.Of(tq), Slot.Of(tk), Slot.Of(tv), Slot.None, Slot.Of(0.0), Slot.Of(false), Slot.None, Slot.Of(false));
        Close(expected, y, dtype);
        y = Call("scaled_dot_product_attention", Slot.Of(tq), Slot.Of(tk), Slot.Of(tv), Slot.None, Slot.Of(0.0), Slot.Of(true), Slot.None, Slot.Of(false));
        Close([1, 2, expected[2], expected[3]], y, dtype);
        var (output, logsumexp) = Dispatcher.Call2(
            new OperatorName("_scaled_dot_product_flash_attention_for_cpu"),
            [Slot.Of(tq), Slot.Of(tk), Slot.Of(tv), Slot.Of(0.0), Slot.Of(false), Slot.None, Slot.None]);
        Close(expected, V(output), dtype);
        Span<ulong> stack = [Slot.Of(output), Slot.Of(tq), Slot.Of(tk), Slot.Of(tv), Slot.Of(output), Slot.Of(logsumexp), Slot.Of(0.0), Slot.Of(false), Slot.None, Slot.None];
        var (gq, gk, gv) = Dispatcher.Call3(new OperatorName("_scaled_dot_product_flash_attention_for_cpu_backward"), stack);
        Assert.Equal([1L, 1L, 2L, 2L], gq.Sizes.ToArray());
        Close([.. Enumerable.Range(0, 2).Select(c => expected[c] + expected[2 + c])], ColumnSums(Take(gv)), dtype);
        foreach (var handle in new[] { tq, tk, tv, output, logsumexp, gq, gk })
        {
            handle.Delete();
        }
    }

    private static double[] ColumnSums(double[] m) => [m[0] + m[2], m[1] + m[3]];
}
