using Nonsmooth.Cli.Output;

namespace Nonsmooth.Cli.Tests.Output;

public sealed class PageTests
{
    [Fact]
    public void WrapsWithoutTrailingSpaceAndSpacesBlocks()
    {
        var text = new StringWriter { NewLine = "\n" };
        var page = new Page(text, terminal: false, width: 20);
        page.Heading("Head [x]");
        page.Say("one two three four five six");
        page.Table(["a", ">b"], [["x", "1"]]);
        page.Say("end");
        string written = text.ToString();
        Assert.StartsWith("Head [x]\none two three four\nfive six\n", written, StringComparison.Ordinal);
        Assert.EndsWith("\n\nend\n", written, StringComparison.Ordinal);
        Assert.All(written.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
    }
}
