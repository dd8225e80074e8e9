using Nonsmooth.LibTorch.Native;
using static Nonsmooth.LibTorch.Tests.Native.OperatorBench;

namespace Nonsmooth.LibTorch.Tests.Native;

public sealed class NetworkOperatorTests
{
    private static readonly double[] Image = [.. Enumerable.Range(0, 16).Select(i => (i * 5 % 16 - 6) / 2.0)];
    private static readonly double[] Kernel = [1, -0.5, 0.5, 2];

    private static ulong Ints(params long[] values) => Slot.Of(values);

    private static double[] Convolve(double[] x, double[] k)
    {
        var y = new double[9];
        for (var i = 0; i < 9; i++)
        {
            var (r, c) = (i / 3, i % 3);
            for (var j = 0; j < 4; j++)
            {
                y[i] += x[(r + j / 2) * 4 + c + j % 2] * k[j];
            }
        }

        return y;
    }

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void ConvolutionAndItsGradients(TorchDtype dtype)
    {
        var (x, w, b) = (T(dtype, Image, 1, 1, 4, 4), T(dtype, Kernel, 1, 1, 2, 2), T(dtype, [0.25], 1));
        var g = T(dtype, [1, 0, 2, 0, -1, 0, 0, 0, 0.5], 1, 1, 3, 3);
        double[] gv = [1, 0, 2, 0, -1, 0, 0, 0, 0.5];
        var plain = Convolve(Image, Kernel);
        var (gradInput, gradWeight) = (new double[16], new double[4]);
        for (var i = 0; i < 9; i++)
        {
            for (var j = 0; j < 4; j++)
            {
                var at = (i / 3 + j / 2) * 4 + i % 3 + j % 2;
                gradInput[at] += gv[i] * Kernel[j];
                gradWeight[j] += gv[i] * Image[at];
            }
        }

        double[] withBias = [.. plain.Select(v => v + 0.25)];
        Close(withBias, Call("convolution", Slot.Of(x), Slot.Of(w), Slot.Optional(b), Ints(1, 1), Ints(0, 0), Ints(1, 1), Slot.Of(false), Ints(0, 0), Slot.Of(1L)), dtype);
        Span<ulong> stack = [Slot.Of(g), Slot.Of(x), Slot.Of(w), Slot.Some(Ints(1)), Ints(1, 1), Ints(0, 0), Ints(1, 1), Slot.Of(false), Ints(0, 0), Slot.Of(1L), Slot.Of([true, true, true])];
        var (gi, gw, gb) = Dispatcher.Call3(new OperatorName("convolution_backward"), stack);
        Close(gradInput, Take(gi), dtype);
        Close(gradWeight, Take(gw), dtype);
        Close([2.5], Take(gb), dtype);
        stack = [Slot.Of(g), Slot.Of(x), Slot.Of(w), Slot.None, Ints(1, 1), Ints(0, 0), Ints(1, 1), Slot.Of(false), Ints(0, 0), Slot.Of(1L), Slot.Of([false, true, false])];
        (gi, gw, gb) = Dispatcher.Call3(new OperatorName("convolution_backward"), stack);
        Assert.False(gi.IsDefined);
        Assert.False(gb.IsDefined);
        Close(gradWeight, Take(gw), dtype);
        gi.Delete();
        gb.Delete();

        var direct = new DirectConvolution([1, 1], [0, 0], [1, 1], 1);
        Close(withBias, Take(direct.Forward(x, w, b)), dtype);
        Close(plain, Take(direct.Forward(x, w, default)), dtype);
        (gi, gw, gb) = direct.Backward(g, x, w, true, true, true);
        Close(gradInput, Take(gi), dtype);
        Close(gradWeight, Take(gw), dtype);
        Close([2.5], Take(gb), dtype);
        (gi, gw, gb) = direct.Backward(g, x, w, false, true, false);
        Assert.True(gi.IsNull && gb.IsNull);
        Close(gradWeight, Take(gw), dtype);
        foreach (var handle in new[] { x, w, b, g })
        {
            handle.Delete();
        }
    }

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void MaxPoolingAndItsGradient(TorchDtype dtype)
    {
        var x = T(dtype, Image, 1, 1, 4, 4);
        var g = T(dtype, [1, 2, 3, 4], 1, 1, 2, 2);
        var (maxima, at, grad) = (new double[4], new double[4], new double[16]);
        for (var i = 0; i < 4; i++)
        {
            var best = Enumerable.Range(0, 4).Select(j => (i / 2 * 2 + j / 2) * 4 + i % 2 * 2 + j % 2).MaxBy(p => Image[p]);
            (maxima[i], at[i], grad[best]) = (Image[best], best, i + 1);
        }

        var (values, indices) = Dispatcher.Call2(
            new OperatorName("max_pool2d_with_indices"), [Slot.Of(x), Ints(2, 2), Ints(2, 2), Ints(0, 0), Ints(1, 1), Slot.Of(false)]);
        Close(maxima, Take(values), dtype);
        Assert.Equal(at, V(indices));
        Close(grad, Call("max_pool2d_with_indices_backward", Slot.Of(g), Slot.Of(x), Ints(2, 2), Ints(2, 2), Ints(0, 0), Ints(1, 1), Slot.Of(false), Slot.Of(indices)), dtype);
        indices.Delete();
        var direct = new DirectMaxPool([2, 2], [2, 2], [0, 0], [1, 1], false);
        (values, indices) = direct.Forward(x);
        Close(maxima, Take(values), dtype);
        Close(grad, Take(direct.Backward(g, x, indices)), dtype);
        foreach (var handle in new[] { x, g, indices })
        {
            handle.Delete();
        }
    }

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void AveragePoolingAndItsGradients(TorchDtype dtype)
    {
        var x = T(dtype, Image, 1, 1, 4, 4);
        var g = T(dtype, [1, 2, 3, 4], 1, 1, 2, 2);
        double[] mean = new double[4], grad = new double[16];
        for (var p = 0; p < 16; p++)
        {
            var cell = p / 8 * 2 + p % 4 / 2;
            mean[cell] += Image[p] / 4;
            grad[p] = (cell + 1) / 4.0;
        }

        Close(mean, Call("avg_pool2d", Slot.Of(x), Ints(2, 2), Ints(2, 2), Ints(0, 0), Slot.Of(false), Slot.Of(true), Slot.None), dtype);
        Close(grad, Call("avg_pool2d_backward", Slot.Of(g), Slot.Of(x), Ints(2, 2), Ints(2, 2), Ints(0, 0), Slot.Of(false), Slot.Of(true), Slot.None), dtype);
        Close(mean, Call("_adaptive_avg_pool2d", Slot.Of(x), Ints(2, 2)), dtype);
        Close(grad, Call("_adaptive_avg_pool2d_backward", Slot.Of(g), Slot.Of(x)), dtype);
        x.Delete();
        g.Delete();
    }

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void BatchNormalisationAndItsGradients(TorchDtype dtype)
    {
        double[] x = [1, 3, -1, 1], g = [1, 0, 0.5, -1];
        var (tx, tg) = (T(dtype, x, 4, 1), T(dtype, g, 4, 1));
        var (w, b) = (T(dtype, [2], 1), T(dtype, [0.5], 1));
        var (rm, rv) = (T(dtype, [0], 1), T(dtype, [1], 1));
        var invstd = 1 / Math.Sqrt(2 + 1e-5);
        double[] hat = [.. x.Select(v => (v - 1) * invstd)];
        var (y, mean, inv) = Dispatcher.Call3(
            new OperatorName("native_batch_norm"),
            [Slot.Of(tx), Slot.Optional(w), Slot.Optional(b), Slot.Optional(rm), Slot.Optional(rv), Slot.Of(true), Slot.Of(0.5), Slot.Of(1e-5)]);
        Close([.. hat.Select(v => 2 * v + 0.5)], Take(y), dtype);
        Close([1], V(mean), dtype);
        Close([invstd], V(inv), dtype);
        Close([0.5], V(rm), dtype);
        Close([0.5 + 0.5 * 8 / 3], V(rv), dtype);
        var (gx, gw, gb) = Dispatcher.Call3(
            new OperatorName("native_batch_norm_backward"),
            [Slot.Of(tg), Slot.Of(tx), Slot.Optional(w), Slot.Optional(rm), Slot.Optional(rv), Slot.Optional(mean), Slot.Optional(inv), Slot.Of(true), Slot.Of(1e-5), Slot.Of([true, true, true])]);
        var dot = g.Zip(hat, (a, h) => a * h).Sum();
        Close([.. g.Zip(hat, (a, h) => 2 * invstd * (a - g.Sum() / 4 - h * dot / 4))], Take(gx), dtype);
        Close([dot], Take(gw), dtype);
        Close([0.5], Take(gb), dtype);
        foreach (var handle in new[] { tx, tg, w, b, rm, rv, mean, inv })
        {
            handle.Delete();
        }
    }

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void LayerNormalisationAndItsGradients(TorchDtype dtype)
    {
        double[] x = [1, 3, -1, 1], g = [1, 0, 0.5, -1];
        var (tx, tg) = (T(dtype, x, 1, 4), T(dtype, g, 1, 4));
        var (w, b) = (T(dtype, [2, 2, 2, 2]), T(dtype, [0.5, 0, 0, 0]));
        var invstd = 1 / Math.Sqrt(2 + 1e-5);
        double[] hat = [.. x.Select(v => (v - 1) * invstd)];
        var (y, mean, inv) = Dispatcher.Call3(
            new OperatorName("native_layer_norm"), [Slot.Of(tx), Ints(4), Slot.Optional(w), Slot.Optional(b), Slot.Of(1e-5)]);
        Close([2 * hat[0] + 0.5, 2 * hat[1], 2 * hat[2], 2 * hat[3]], Take(y), dtype);
        var (gx, gw, gb) = Dispatcher.Call3(
            new OperatorName("native_layer_norm_backward"),
            [Slot.Of(tg), Slot.Of(tx), Ints(4), Slot.Of(mean), Slot.Of(inv), Slot.Optional(w), Slot.Optional(b), Slot.Of([true, true, true])]);
        var dot = g.Zip(hat, (a, h) => a * h).Sum();
        Close([.. g.Zip(hat, (a, h) => 2 * invstd * (a - g.Sum() / 4 - h * dot / 4))], Take(gx), dtype);
        Close([.. g.Zip(hat, (a, h) => a * h)], Take(gw), dtype);
        Close(g, Take(gb), dtype);
        foreach (var handle in new[] { tx, tg, w, b, mean, inv })
        {
            handle.Delete();
        }
    }

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void DropoutAndItsGradient(TorchDtype dtype)
    {
        var x = T(dtype, [.. Enumerable.Repeat(1.0, 64)]);
        var (y, mask) = Dispatcher.Call2(new OperatorName("native_dropout"), [Slot.Of(x), Slot.Of(0.5), Slot.Optional(true)]);
        Assert.Equal(TorchDtype.Bool, mask.Dtype);
        Assert.Equal(V(mask).Select(m => 2 * m), V(y));
        Assert.Equal(V(y), Call("native_dropout_backward", Slot.Of(x), Slot.Of(mask), Slot.Of(2.0)));
        (var same, var all) = Dispatcher.Call2(new OperatorName("native_dropout"), [Slot.Of(x), Slot.Of(0.5), Slot.Optional(false)]);
        Assert.Equal(V(x), Take(same));
        foreach (var handle in new[] { x, y, mask, all })
        {
            handle.Delete();
        }
    }

    [Theory]
    [MemberData(nameof(Dtypes), MemberType = typeof(OperatorBench))]
    public void NegativeLogLikelihoodAndItsGradient(TorchDtype dtype)
    {
        var x = T(dtype, [-1, -2, -0.5, -3, -0.25, -1.5], 2, 3);
        var target = T(TorchDtype.Int64, [2, 0]);
        var (loss, weight) = Dispatcher.Call2(new OperatorName("nll_loss_forward"), [Slot.Of(x), Slot.Of(target), Slot.None, Slot.Of(1L), Slot.Of(-100L)]);
        Close([1.75], Take(loss), dtype);
        Close([2], V(weight), dtype);
        var one = Scalar(dtype, 1);
        Close(
            [0, 0, -0.5, -0.5, 0, 0],
            Call("nll_loss_backward", Slot.Of(one), Slot.Of(x), Slot.Of(target), Slot.None, Slot.Of(1L), Slot.Of(-100L), Slot.Of(weight)),
            dtype);
        foreach (var handle in new[] { x, target, weight })
        {
            handle.Delete();
        }
    }
}
