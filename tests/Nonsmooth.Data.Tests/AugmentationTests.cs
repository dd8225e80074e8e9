namespace Nonsmooth.Data.Tests;

public sealed class AugmentationTests
{
    [Theory]
    [InlineData(0, false, "none")]
    [InlineData(4, false, "crop 4")]
    [InlineData(0, true, "flip")]
    [InlineData(4, true, "crop 4, flip")]
    public void SaysWhatItDoes(int padding, bool flip, string text) => Assert.Equal(text, new Augmentation(padding, flip).ToString());
}
