using Nonsmooth.Data;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Tests.Networks;

public class MlpTests
{
    [Fact]
    public void ReadsItsSizesFromTheName()
    {
        var network = Models.Find("mlp:4-8-3");
        Assert.Equal((new ImageShape(4, 1, 1), 3), (network.Input, network.Classes));
        Assert.Equal("mlp:4-8-3", network.Name);
        Assert.Equal((4 * 8) + 8 + (8 * 3) + 3, network.ParameterCount);
    }

    [Fact]
    public void PutsReluBetweenLayersOnly()
    {
        var nodes = Mlp.Create([4, 8, 6, 3]).Build(2).Logits.Nodes;
        Assert.Equal(["fc1.relu", "fc2.relu"], nodes.Where(n => n.Function.Name == "relu").Select(n => n.Name));
    }

    [Fact]
    public void TakesAnyShapeOfItsSize() =>
        Assert.Equal(new ImageShape(1, 28, 28), Models.Find("mlp:784-10", new ImageShape(1, 28, 28), 10).Input);

    [Theory]
    [InlineData("mlp")]
    [InlineData("mlp:")]
    [InlineData("mlp:5")]
    [InlineData("mlp:5-")]
    [InlineData("mlp:5--3")]
    [InlineData("mlp:5-0-3")]
    [InlineData("mlp:5-x")]
    [InlineData("mlp:5- 3")]
    [InlineData("mlp:+5-3")]
    [InlineData("mlp:99999999999-3")]
    public void RefusesMalformedSizes(string name)
    {
        var failure = Assert.Throws<NonsmoothException>(() => Models.Find(name));
        Assert.Contains($"'{name}' is malformed", failure.Message, StringComparison.Ordinal);
        Assert.Contains("mlp:784-128-64-10", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RefusesAnotherInputOrClasses()
    {
        Assert.Contains(
            "start the sizes with 16",
            Assert.Throws<NonsmoothException>(() => Models.Find("mlp:4-3", new ImageShape(1, 4, 4))).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "end the sizes with 5",
            Assert.Throws<NonsmoothException>(() => Models.Find("mlp:4-3", classes: 5)).Message,
            StringComparison.Ordinal);
    }
}
