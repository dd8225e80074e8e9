using Nonsmooth.LibTorch.Native;
using Nonsmooth.LibTorch.Tensors;

namespace Nonsmooth.LibTorch.Tests.Tensors;

[Collection("native log")]
public sealed class TorchTensorTests
{
    [Fact]
    public void ACopyKeepsValuesTypeAndLayout()
    {
        float[] values = [1, 2, 3, 4, 5, 6];
        using var tensor = TorchTensor.FromSpan<float>(values, [2, 3]);
        values[0] = 9;
        Assert.Equal([1f, 2, 3, 4, 5, 6], tensor.ToArray<float>());
        Assert.Equal([2L, 3L], tensor.Sizes.ToArray());
        Assert.Equal([3L, 1L], tensor.Strides.ToArray());
        Assert.Equal((2, 6L, TorchDtype.Float32, Device.Cpu), (tensor.Rank, tensor.ElementCount, tensor.Dtype, tensor.Device));
        Assert.True(tensor.IsContiguous);
        Assert.Equal("Float32[2, 3] on cpu", tensor.ToString());
    }

    [Fact]
    public void EveryNetTypeHasItsElementType()
    {
        Check<float>(TorchDtype.Float32, 1.5f);
        Check(TorchDtype.Float64, 1.5);
        Check(TorchDtype.Float16, (Half)1.5);
        Check(TorchDtype.Int64, 7L);
        Check(TorchDtype.Int32, 7);
        Check(TorchDtype.Int16, (short)7);
        Check(TorchDtype.Int8, (sbyte)-7);
        Check(TorchDtype.UInt8, (byte)7);
        Check(TorchDtype.Bool, true);
        Assert.Throws<NonsmoothException>(() => TorchDtypes.Of<Guid>());

        static void Check<T>(TorchDtype dtype, T value)
            where T : unmanaged
        {
            using var tensor = TorchTensor.FromSpan([value, value], [2]);
            Assert.Equal(dtype, tensor.Dtype);
            Assert.Equal([value, value], tensor.ToArray<T>());
        }
    }

    [Fact]
    public void BitPatternsOfBFloat16RoundTrip()
    {
        ushort[] bits = [0x3f80, 0xc000, 0x7f80];
        using var tensor = TorchTensor.FromSpan<ushort>(bits, [3], TorchDtype.BFloat16);
        using var wide = tensor.To(TorchDtype.Float32);
        Assert.Equal([1f, -2f, float.PositiveInfinity], wide.ToArray<float>());
        Assert.Equal(bits, tensor.ToArray<ushort>());
    }

    [Fact]
    public void ConversionRoundsToNearestEven()
    {
        using var wide = TorchTensor.FromSpan<float>([1.00390625f, 1.01171875f, 65520f, 2049f], [4]);
        using var bfloat = wide.To(TorchDtype.BFloat16);
        using var half = wide.To(TorchDtype.Float16);
        Assert.Equal([0x3f80, 0x3f82], bfloat.ToArray<ushort>()[..2].Select(v => (int)v));
        Assert.Equal([(Half)1.00390625f, (Half)1.01171875f, Half.PositiveInfinity, (Half)2048], half.ToArray<Half>());
    }

    [Fact]
    public unsafe void MemoryOfTheCallersIsSharedNotCopied()
    {
        double[] values = [1, 2, 3, 4];
        fixed (double* data = values)
        {
            using var tensor = TorchTensor.FromMemory((nint)data, [2, 2], [1, 2], TorchDtype.Float64);
            Assert.Equal((nint)data, tensor.DataPointer);
            Assert.Equal([1.0, 3, 2, 4], tensor.ToArray<double>());
            values[0] = 7;
            Assert.Equal(7, tensor.ToArray<double>()[0]);
            Assert.False(tensor.IsContiguous);
            using var copy = tensor.Contiguous();
            Assert.Equal([7.0, 3, 2, 4], copy.AsSpan<double>().ToArray());
            Assert.Throws<NonsmoothException>(() => tensor.AsSpan<double>().Length);
        }
    }

    [Fact]
    public void FillsZerosStridesAndScalars()
    {
        using var zeros = TorchTensor.Zeros([2, 2], TorchDtype.Float16);
        Assert.All(zeros.ToArray<Half>(), v => Assert.Equal(Half.Zero, v));
        using var full = TorchTensor.Full([3], 2.5, TorchDtype.Float64);
        Assert.Equal([2.5, 2.5, 2.5], full.ToArray<double>());
        using var strided = TorchTensor.EmptyStrided([2, 3], [1, 2]);
        Assert.Equal([1L, 2L], strided.Strides.ToArray());
        using var scalar = TorchTensor.FromSpan<float>([3.5f], []);
        Assert.Equal(0, scalar.Rank);
        Assert.Equal(3.5, scalar.Item());
        using var empty = TorchTensor.Empty([0, 4]);
        Assert.Equal(0, empty.ElementCount);
        Assert.Empty(empty.ToArray<float>());
        using var target = TorchTensor.Empty([2, 3]);
        target.CopyFrom(full);
        Assert.Equal([2.5f, 2.5f, 2.5f, 2.5f, 2.5f, 2.5f], target.ToArray<float>());
    }

    [Fact]
    public void MistakesNameTheThing()
    {
        Assert.Contains("3 values do not fill a tensor of 4 elements [2, 2]", Message(() => TorchTensor.FromSpan<float>([1, 2, 3], [2, 2])), StringComparison.Ordinal);
        Assert.Contains("Single has 4 bytes and Float64 has 8", Message(() => TorchTensor.FromSpan<float>([1], [1], TorchDtype.Float64)), StringComparison.Ordinal);
        Assert.Contains("size is -1", Message(() => TorchTensor.Empty([-1])), StringComparison.Ordinal);
        Assert.Contains("2 axes was given 1 strides", Message(() => TorchTensor.EmptyStrided([1, 2], [1])), StringComparison.Ordinal);
        using var tensor = TorchTensor.Zeros([2]);
        Assert.Contains("do not fill", Message(() => tensor.CopyTo<float>(new float[3])), StringComparison.Ordinal);
        using var pair = TorchTensor.Zeros([2]);
        Assert.IsType<LibTorchException>(Record.Exception(() => pair.Item()));
    }

    [Fact]
    public void ADisposedTensorSaysSo()
    {
        var tensor = TorchTensor.Zeros([2]);
        tensor.Dispose();
        tensor.Dispose();
        Assert.Throws<ObjectDisposedException>(() => tensor.Rank);
        Assert.Equal("a disposed tensor", tensor.ToString());
    }

    [Fact]
    public void CudaWithoutCudaIsRefusedWithAReason()
    {
        if (LibTorchLibrary.HasCuda)
        {
            return;
        }

        var failure = Assert.Throws<LibTorchException>(() => TorchTensor.Empty([2], device: Device.Cuda()));
        Assert.NotEmpty(failure.Reason);
    }

    private static string Message(Action action) => Assert.Throws<NonsmoothException>(action).Message;
}
