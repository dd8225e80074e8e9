using Nonsmooth.Data.Arrays;

namespace Nonsmooth.Data.Tests.Arrays;

public sealed class StoredTypesTests
{
    [Fact]
    public void ReadsEveryNameItWrites() => Assert.All(Enum.GetValues<StoredType>(), type => Assert.Equal(type, StoredTypes.Parse(type.Name())));

    [Fact]
    public void KnowsTheSizes() => Assert.Equal([8, 4, 2, 2, 8, 4, 1, 1, 2, 1, 8, 4, 2, 1, 1], Enum.GetValues<StoredType>().Select(type => type.Size()));

    [Fact]
    public void KnowsNoOtherName()
    {
        Assert.Null(StoredTypes.Parse("F8_E8M0"));
        Assert.Null(StoredTypes.Parse("f32"));
        Assert.Null(StoredTypes.Parse(null));
    }
}
