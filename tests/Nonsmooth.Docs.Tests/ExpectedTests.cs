using Nonsmooth.Docs.Tests.Pages;

namespace Nonsmooth.Docs.Tests;

public sealed class ExpectedTests
{
    [Theory]
    [InlineData("a  1", "x\na 1\ny", "")]
    [InlineData("a 1\nb", "b\na 1", "b")]
    [InlineData("a 1", "a 1.0", "a 1")]
    [InlineData("in … s", "in 3.5 s", "")]
    [InlineData("…\n\nlast", "first\nlast", "")]
    [InlineData("a (1)", "a (1)", "")]
    [InlineData("a", "ab", "a")]
    public void LinesAreFoundInOrder(string shown, string output, string missing) =>
        Assert.Equal(missing, Expected.Missing(new Block("text", shown, 1, [], true), output) ?? "");

    [Theory]
    [InlineData("loss 2.00 at 1,000", "loss 2.1 at 1050", true)]
    [InlineData("loss 2.00 at 1,000", "loss 2.5 at 1000", false)]
    [InlineData("−1e-3 … 4", "−0.00104 or so 4.1", true)]
    [InlineData("−1", "1", false)]
    public void NumbersMayBeOff(string shown, string output, bool fits) =>
        Assert.Equal(fits, Expected.Missing(new Block("text", shown, 1, ["within 10 %"], true), output) is null);

    [Theory]
    [InlineData("any numbers", "took 3 s", true)]
    [InlineData("any numbers", "took 200.5 ms", true)]
    [InlineData("any numbers", "takes 3 s", false)]
    [InlineData("not checked: it depends", "takes 3 s", true)]
    public void WhatDependsOnTheMachineMayDiffer(string note, string output, bool fits) =>
        Assert.Equal(fits, Expected.Missing(new Block("text", "took 1.5 s", 1, [note], true), output) is null);
}
