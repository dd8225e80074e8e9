using Nonsmooth.Data;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Tests.Networks;

public class Lenet5Tests
{
    [Fact]
    public void HasTheUsualParameters()
    {
        var program = Lenet5.Create().Build(2);
        Assert.Equal(
            [
                "conv1.weight 6×1×5×5", "conv1.bias 6", "conv2.weight 16×6×5×5", "conv2.bias 16", "fc1.weight 120×256",
                "fc1.bias 120", "fc2.weight 84×120", "fc2.bias 84", "fc3.weight 10×84", "fc3.bias 10",
            ],
            program.Parameters.Select(p => $"{p.Name} {p.Shape}"));
        Assert.Equal(44_426, Lenet5.Create().ParameterCount);
        Assert.All(program.Parameters, p => Assert.Equal(p.Name.EndsWith("weight", StringComparison.Ordinal), p.Decays));
    }

    [Fact]
    public void TakesOtherImagesAndClasses()
    {
        var program = Lenet5.Create(new ImageShape(3, 32, 32), 7).Build(4);
        Assert.Equal("real 4×3×32×32", program.Logits.InputType("x").ToString());
        Assert.Equal("real 4×7", program.Logits.Types[program.Logits.Outputs[0].Value].ToString());
    }

    [Fact]
    public void RefusesImagesWithoutAPixelLeft()
    {
        var failure = Assert.Throws<NonsmoothException>(() => Lenet5.Create(new ImageShape(1, 15, 28)));
        Assert.Contains("1x15x28", failure.Message, StringComparison.Ordinal);
        Assert.NotNull(Lenet5.Create(new ImageShape(1, 16, 16)).Build(1));
    }

    [Fact]
    public void RefusesNoClasses() => Assert.Throws<NonsmoothException>(() => Lenet5.Create(classes: 0));
}
