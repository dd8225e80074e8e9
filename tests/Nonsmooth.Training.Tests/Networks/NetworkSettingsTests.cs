using Nonsmooth.Data;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Tests.Networks;

public class NetworkSettingsTests
{
    public static TheoryData<string> Images { get; } = new(Models.All
        .Where(row => Models.Find(row.Name).Examples.Image is not null).Select(row => row.Name));

    public static TheoryData<string> Texts { get; } = ["gpt2", "gpt2-medium", "gpt2-large", "gpt-mini", "gpt:6-384-6"];

    [Theory]
    [MemberData(nameof(Images))]
    public void ImageNetworksTakeNoTokens(string name)
    {
        var failure = Assert.Throws<NonsmoothException>(() => Models.Find(name, tokens: 5));
        Assert.Contains($"network '{name}' takes images, not 5 tokens", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Images))]
    public void LogitsHaveTheClassesAskedFor(string name)
    {
        if (name.StartsWith("mlp", StringComparison.Ordinal))
        {
            return;
        }

        var program = Models.Find(name, classes: 7).Build(2).Logits;
        Assert.Equal(TensorType.Real(new Shape(2, 7)), program.Types[program.Outputs[0].Value]);
        Assert.Contains("cannot have 0 classes", Assert.Throws<NonsmoothException>(() => Models.Find(name, classes: 0)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vgg11", 32, 31)]
    [InlineData("vgg11-bn-cifar", 32, 31)]
    [InlineData("resnet18", 1, 0)]
    [InlineData("vgg19-cifar", 32, 31)]
    [InlineData("resnet18-cifar", 1, 0)]
    [InlineData("resnet50", 1, 0)]
    [InlineData("densenet121", 29, 28)]
    [InlineData("densenet121-cifar", 8, 7)]
    [InlineData("vit-b-16", 16, 15)]
    [InlineData("vit-b-32", 32, 31)]
    public void TheSmallestImageLeavesAPixel(string name, int least, int tooSmall)
    {
        Assert.Equal(least, Models.Find(name, new ImageShape(1, least, least)).Build(1).Logits.InputType("x").Shape[3]);
        var failure = Assert.Throws<NonsmoothException>(() => Models.Find(name, new ImageShape(1, least, tooSmall)));
        Assert.Contains($"{name} cannot take 1x{least}x{tooSmall}: give at least 1x{least}x{least}", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void TokenNetworksTakeNoImages(string name)
    {
        var failure = Assert.Throws<NonsmoothException>(() => Models.Find(name, new ImageShape(1, 28, 28), 10));
        Assert.Contains($"network '{name}' takes tokens, not images of 1x28x28", failure.Message, StringComparison.Ordinal);
        Assert.Contains("not images", Assert.Throws<NonsmoothException>(() => Models.Find(name).Input).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TokensAreAtMostThePositions()
    {
        Assert.Contains("give at most 1024", Assert.Throws<NonsmoothException>(() => Models.Find("gpt2", tokens: 1025)).Message, StringComparison.Ordinal);
        Assert.Contains("0 tokens", Assert.Throws<NonsmoothException>(() => Models.Find("gpt2", tokens: 0)).Message, StringComparison.Ordinal);
    }
}
