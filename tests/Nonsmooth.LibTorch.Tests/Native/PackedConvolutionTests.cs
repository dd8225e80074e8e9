using Nonsmooth.LibTorch.Native;
using Nonsmooth.LibTorch.Tensors;

namespace Nonsmooth.LibTorch.Tests.Native;

public sealed class PackedConvolutionTests
{
    [Theory]
    [InlineData(64, 64, 56, 3, 1, 1)]
    [InlineData(512, 512, 7, 3, 1, 1)]
    [InlineData(128, 256, 14, 1, 1, 1)]
    [InlineData(96, 96, 40, 5, 1, 96)]
    [InlineData(24, 96, 40, 1, 1, 1)]
    [InlineData(3, 16, 96, 3, 2, 1)]
    public void ItIsTheConvolution(int inputs, int outputs, int size, int kernel, int stride, int groups)
    {
        using var x = TorchTensor.FromSpan<float>(Numbers(inputs * size * size, 1), [1, inputs, size, size]);
        using var w = TorchTensor.FromSpan<float>(Numbers(outputs * (inputs / groups) * kernel * kernel, 2), [outputs, inputs / groups, kernel, kernel]);
        using var bias = TorchTensor.FromSpan<float>(Numbers(outputs, 3), [outputs]);
        long[] strides = [stride, stride], padding = [kernel / 2, kernel / 2], one = [1, 1];
        var direct = new DirectConvolution(strides, padding, one, groups);
        using var packed = new PackedConvolution(strides, padding, one, groups);
        using var expected = new TorchTensor(direct.Forward(x.Handle, w.Handle, bias.Handle));
        using var found = new TorchTensor(packed.Forward(x.Handle, w.Handle, bias.Handle));
        float[] a = expected.ToArray<float>(), b = found.ToArray<float>();
        Assert.All(a.Zip(b), p => Assert.True(Math.Abs(p.First - p.Second) <= 1e-4, $"{p}"));
    }

    private static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5))];
    }
}
