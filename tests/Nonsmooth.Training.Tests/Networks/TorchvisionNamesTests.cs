using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Tests.Networks;

public class TorchvisionNamesTests
{
    [Theory]
    [InlineData("vgg11", "features.0.weight 64×3×3×3", "features.18.bias 512", "classifier.6.weight 1000×4096")]
    [InlineData("vgg11-bn", "features.1.weight 64", "features.26.bias 512", "classifier.0.weight 4096×25088")]
    [InlineData("vgg11-cifar", "features.0.bias 64", "classifier.weight 10×512", "classifier.bias 10")]
    [InlineData("resnet18", "conv1.weight 64×3×7×7", "layer2.0.downsample.1.bias 128", "layer4.1.conv2.weight 512×512×3×3")]
    [InlineData("resnet18-cifar", "conv1.weight 64×3×3×3", "layer3.0.downsample.0.weight 256×128×1×1", "fc.weight 10×512")]
    [InlineData("vgg16", "features.28.weight 512×512×3×3", "classifier.6.bias 1000", "features.0.bias 64")]
    [InlineData("vgg19-bn", "features.49.weight 512×512×3×3", "features.50.bias 512", "features.1.weight 64")]
    [InlineData("resnet34", "layer3.5.conv2.weight 256×256×3×3", "layer4.2.bn2.bias 512", "layer2.0.downsample.0.weight 128×64×1×1")]
    [InlineData("resnet50", "layer1.0.downsample.0.weight 256×64×1×1", "layer3.5.conv3.weight 1024×256×1×1", "fc.weight 1000×2048")]
    [InlineData("densenet121", "features.norm0.weight 64", "features.denseblock4.denselayer16.conv2.weight 32×128×3×3", "features.transition3.conv.weight 512×1024×1×1")]
    [InlineData("densenet121-cifar", "features.conv0.weight 64×3×3×3", "features.norm5.bias 1024", "classifier.weight 10×1024")]
    [InlineData("vit-b-32", "conv_proj.weight 768×3×32×32", "encoder.pos_embedding 1×50×768", "heads.head.bias 1000")]
    [InlineData("vit-b-16", "class_token 1×1×768", "encoder.pos_embedding 1×197×768", "encoder.layers.encoder_layer_11.mlp.3.weight 768×3072")]
    public void HasParametersOfTheNamesAndShapesOfTorchvision(string name, params string[] expected)
    {
        var parameters = Models.Find(name).Build(1).Parameters.Select(p => $"{p.Name} {p.Shape}").ToHashSet();
        Assert.All(expected, parameter => Assert.Contains(parameter, parameters));
    }

    [Theory]
    [InlineData("vgg11-bn-cifar", 16)]
    [InlineData("resnet18", 40)]
    [InlineData("resnet50", 106)]
    [InlineData("densenet121", 242)]
    [InlineData("vgg11", 0)]
    public void KeepsAMeanAndAVarianceForEachNormalisation(string name, int buffers)
    {
        var program = Models.Find(name).Build(1);
        Assert.Equal(buffers, program.Buffers.Count);
        Assert.All(program.Buffers, b => Assert.Equal(b.Name.EndsWith("running_var", StringComparison.Ordinal), b.Initializer == Initializer.One));
        Assert.All(program.Parameters, p => Assert.Equal(p.Shape.Rank > 1, p.Decays));
    }
}
