namespace Nonsmooth.Cli.Tests.Verbs;

public sealed class DivergeVerbTests
{
    [Fact]
    public void ConventionsPartAtTheFirstPoolThatBackpropPasses()
    {
        var run = ToolRun.Of("diverge", "lenet5", "--batch", "4", "--profiles", "libtorch-2.10,minimal-norm", "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var first = run.Json.GetProperty("first");
        Assert.Equal("conv2.max_pool2d.vjp.max_pool2d_scatter", first.GetProperty("node").GetString());
        Assert.True(first.GetProperty("decides").GetBoolean());
    }

    [Fact]
    public void OneConventionInOneFormatDoesNotPart()
    {
        var run = ToolRun.Of("diverge", "lenet5", "--batch", "2");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("nodes that both have agree", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--against f12", "--against is 'f12'")]
    [InlineData("--profiles jax", "give two names")]
    public void BadUsageSaysWhatToGive(string arguments, string says)
    {
        var run = ToolRun.Of(["diverge", "lenet5", .. arguments.Split(' ')]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(says, run.Error, StringComparison.Ordinal);
    }
}
