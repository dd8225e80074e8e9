using Nonsmooth.Training.Checkpoints;

namespace Nonsmooth.Training.Tests.Checkpoints;

public sealed class StoredTypesTests
{
    [Fact]
    public void ReadsEveryNameItWrites() => Assert.All(Enum.GetValues<StoredType>(), type => Assert.Equal(type, StoredTypes.Parse(type.Name())));

    [Fact]
    public void KnowsTheSizes() => Assert.Equal([8, 4, 2, 2, 8, 4, 1, 1], Enum.GetValues<StoredType>().Select(type => type.Size()));

    [Fact]
    public void KnowsNoOtherName()
    {
        Assert.Null(StoredTypes.Parse("F8_E4M3"));
        Assert.Null(StoredTypes.Parse("f32"));
        Assert.Null(StoredTypes.Parse(null));
    }
}
