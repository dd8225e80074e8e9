using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Native;
using Nonsmooth.LibTorch.Tensors;

namespace Nonsmooth.LibTorch.Tests.Execution;

public sealed class HalfRoundingTests
{
    [Fact]
    public void EveryHalfItsNeighboursAndEveryMidpointRoundAsAConversion()
    {
        var numbers = new List<float>();
        for (int bits = 0; bits <= ushort.MaxValue; bits++)
        {
            float half = (float)BitConverter.UInt16BitsToHalf((ushort)bits);
            float next = (float)BitConverter.UInt16BitsToHalf((ushort)(bits + 1));
            float middle = (half + next) / 2;
            numbers.AddRange([half, float.BitIncrement(half), float.BitDecrement(half), middle, float.BitIncrement(middle), float.BitDecrement(middle)]);
        }

        Check([.. numbers, 65519.99f, 65520f, 65536f, float.MaxValue, float.Epsilon]);
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void AMillionRandomPatternsRoundAsAConversion()
    {
        var random = new Random(5);
        Check([.. Enumerable.Range(0, 1_000_003).Select(_ => BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)))]);
    }

    [Fact]
    public void ATensorWithGapsIsCopied()
    {
        using var x = TorchTensor.FromSpan<float>([1.0001f, 2, 3, 4], [4]);
        var strided = TensorFactory.View(x.Handle, [2], [2], 0);
        Assert.False(HalfRounding.TryInPlace(strided));
        using var rounded = new TorchTensor(HalfRounding.Of(strided));
        strided.Delete();
        Assert.Equal([1f, 3f], rounded.ToArray<float>());
        Assert.Equal([1.0001f, 2, 3, 4], x.ToArray<float>());
    }

    private static void Check(float[] numbers)
    {
        using var x = TorchTensor.FromSpan<float>(numbers, [numbers.Length]);
        using (var apart = new TorchTensor(HalfRounding.Of(x.Handle)))
        {
            Equal(numbers, apart.ToArray<float>());
        }

        Assert.Equal(BitConverter.SingleToInt32Bits(numbers[^1]), BitConverter.SingleToInt32Bits(x.ToArray<float>()[^1]));
        Assert.True(HalfRounding.TryInPlace(x.Handle));
        Equal(numbers, x.ToArray<float>());
    }

    private static void Equal(float[] numbers, float[] rounded)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            float expected = (float)(Half)numbers[i];
            bool same = float.IsNaN(expected)
                ? float.IsNaN(rounded[i])
                : BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(rounded[i]);
            Assert.True(same, $"{numbers[i]:R}: {rounded[i]:R}, not {expected:R}");
        }
    }
}
