namespace Nonsmooth.Tests;

public class PlainTextTests
{
    [Theory]
    [InlineData("a plain ünïcode text 😀", "a plain ünïcode text 😀")]
    [InlineData("a\u001b[31m\nb\0", "a\\u001B[31m\\u000Ab\\u0000")]
    [InlineData("gnp\u202Egnp.exe\u0085\u2028", "gnp\\u202Egnp.exe\\u0085\\u2028")]
    public void ControlsAreWrittenOut(string text, string plain)
    {
        Assert.Equal(plain, PlainText.Of(text));
        Assert.Equal(plain, new NonsmoothException(text).Message);
    }

    [Fact]
    public void HalvesOfSurrogatePairsAreWrittenOut() => Assert.Equal("\\uD800x\\uDC00", PlainText.Of(new string(['\uD800', 'x', '\uDC00'])));
}
