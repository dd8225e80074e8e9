namespace Nonsmooth.Cli.Tests.Verbs;

public sealed class CostVerbTests
{
    [Theory]
    [InlineData("mlp:4-8-3", 67, 71, 127, 612, 25475)]
    [InlineData("mlp:16-32-16-4", 1140, 1156, 2233, 11060, 7623742)]
    public void GivesTheGoldenCosts(string network, long parameters, long inputs, double value, double backprop, double forprop)
    {
        var run = ToolRun.Of("cost", network, "--batch", "1", "--json");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var unit = run.Json.GetProperty("unit");
        Assert.Equal(network, run.Json.GetProperty("network").GetString());
        Assert.Equal(parameters, run.Json.GetProperty("parameters").GetInt64());
        Assert.Equal(inputs, unit.GetProperty("inputs").GetInt64());
        Assert.Equal(value, unit.GetProperty("value").GetDouble());
        Assert.Equal(backprop, unit.GetProperty("backprop").GetDouble());
        Assert.Equal(forprop, unit.GetProperty("forprop").GetDouble());
        Assert.Equal(5, unit.GetProperty("omegaB").GetDouble());
        Assert.Equal(1 + (3 * inputs), unit.GetProperty("omegaF").GetDouble());
    }

    [Theory]
    [InlineData("1")]
    [InlineData("32")]
    public void LenetsGradientKeepsTheBound(string batch)
    {
        var json = ToolRun.Of("cost", "lenet5", "--batch", batch, "--json").Json;
        var unit = json.GetProperty("unit");
        Assert.Equal(44426, json.GetProperty("parameters").GetInt64());
        Assert.True(unit.GetProperty("backprop").GetDouble() <= unit.GetProperty("omegaB").GetDouble() * unit.GetProperty("value").GetDouble());
        Assert.True(Total("training") < Total("backprop"));

        long Total(string program) => json.GetProperty("counted").GetProperty(program).GetProperty("total").GetInt64();
    }

    [Fact]
    public void NonlinearFunctionsMayBeDear()
    {
        double cheap = Value("1");
        Assert.True(Value("10") > cheap);

        static double Value(string price) =>
            ToolRun.Of("cost", "mlp:4-8-3", "--nonlinear", price, "--json").Json.GetProperty("unit").GetProperty("value").GetDouble();
    }
}
