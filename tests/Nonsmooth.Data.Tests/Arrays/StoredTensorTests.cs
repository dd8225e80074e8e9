using Nonsmooth.Data.Arrays;

namespace Nonsmooth.Data.Tests.Arrays;

public sealed class StoredTensorTests
{
    [Fact]
    public void GivesBackTheNumbersItWasMadeOf()
    {
        Assert.Equal([1.5f, float.NaN], StoredTensor.Of([1.5f, float.NaN], 2).Values<float>());
        Assert.Equal([1L, long.MinValue], StoredTensor.Of([1L, long.MinValue], 1, 2).Values<long>());
        Assert.Equal([true], StoredTensor.Of([true]).Values<bool>());
        Assert.Equal(StoredType.U8, StoredTensor.Of([(byte)1], 1).Type);
        Assert.Equal(StoredType.I32, StoredTensor.Of([1], 1).Type);
    }

    [Fact]
    public void ConvertsFloatingPointToSingles()
    {
        Assert.Equal([0.1f], StoredTensor.Of([0.1], 1).ToSingles());
        Assert.Equal([1.5f], StoredTensor.Of([(Half)1.5], 1).ToSingles());
        Assert.Equal([1.5f], new StoredTensor(StoredType.BF16, [1], new byte[] { 0xC0, 0x3F }).ToSingles());
        Assert.Throws<ArgumentException>(() => StoredTensor.Of([1], 1).ToSingles());
    }

    [Fact]
    public void RefusesAnotherSizeOrType()
    {
        Assert.Throws<ArgumentException>(() => StoredTensor.Of([1f, 2f], 3));
        Assert.Throws<ArgumentException>(() => StoredTensor.Of([1f], -1, -1));
        Assert.Throws<ArgumentException>(() => StoredTensor.Of([1f], long.MaxValue, long.MaxValue, long.MaxValue));
        Assert.Throws<ArgumentException>(() => StoredTensor.Of([1m], 1));
        Assert.Throws<ArgumentException>(() => StoredTensor.Of([1f], 1).Values<int>().Length);
    }
}
