using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Tests.Networks;

public class GoldenNetworkTests
{
    // Complexity specification, 7.5; batch 1.
    [Theory]
    [InlineData("vgg11", null, 132_863_336, 7_609_090_048, 7_315_399_424, 7_434_240, 4_591_104)]
    [InlineData("vgg11-cifar", null, 9_225_610, 152_769_536, 114_325_248, 151_552, 93_696)]
    [InlineData("resnet18", null, 11_689_512, 1_814_073_344, 1_680_390_912, 2_308_096, 1_605_632)]
    [InlineData("resnet18", 10, 11_181_642, 1_813_566_464, 1_679_884_032, 2_308_096, 1_605_632)]
    [InlineData("resnet18-cifar", null, 11_173_962, 555_422_720, 481_859_328, 557_056, 0)]
    [InlineData("gpt2", null, 124_439_808, 145_824_153_600, 145_824_153_600, 0, 0)]
    public void HasTheWorkOfTheGoldenTable(
        string name, int? classes, long parameters, long dense, long effective, long relus, long comparisons)
    {
        var work = ForwardWork.Of(Models.Find(name, classes: classes));
        Assert.Equal(new ForwardWork(parameters, dense, effective, relus, comparisons, work.Attention), work);
    }

    [Theory]
    [InlineData("vgg11-bn", 132_868_840)]
    [InlineData("vgg11-bn-cifar", 9_231_114)]
    [InlineData("vgg13", 133_047_848)]
    [InlineData("vgg13-bn", 133_053_736)]
    [InlineData("vgg16", 138_357_544)]
    [InlineData("vgg16-bn", 138_365_992)]
    [InlineData("vgg19", 143_667_240)]
    [InlineData("vgg19-bn", 143_678_248)]
    [InlineData("resnet34", 21_797_672)]
    [InlineData("resnet50", 25_557_032)]
    [InlineData("densenet121", 7_978_856)]
    [InlineData("vit-b-16", 86_567_656)]
    [InlineData("vit-b-32", 88_224_232)]
    [InlineData("gpt2-medium", 354_823_168)]
    [InlineData("gpt2-large", 774_030_080)]
    [InlineData("gpt-mini", 10_770_816)]
    [InlineData("gpt:6-384-6", 10_770_816)]
    public void HasThePublishedNumberOfParameters(string name, long parameters) =>
        Assert.Equal(parameters, Models.Find(name).ParameterCount);

    [Fact]
    public void AttentionOfGpt2IsThatOfTheGoldenTable() =>
        Assert.Equal(19_327_352_832, ForwardWork.Of(Models.Find("gpt2")).Attention);

    [Fact]
    public void AttentionOfTheVisionTransformerIsItsPart()
    {
        var work = ForwardWork.Of(Models.Find("vit-b-16"));
        Assert.Equal((17.564, 0.715), (Math.Round(work.Dense / 1e9, 3), Math.Round(work.Attention / 1e9, 3)));
    }

    [Theory]
    [InlineData("densenet121", 2.834)]
    [InlineData("vgg11-bn", 7.609)]
    [InlineData("vgg13", 11.308)]
    [InlineData("vgg16", 15.470)]
    [InlineData("vgg19", 19.632)]
    [InlineData("resnet34", 3.664)]
    [InlineData("resnet50", 4.089)]
    [InlineData("vit-b-32", 4.409)]
    public void HasThePublishedMultiplyAdds(string name, double billions) =>
        Assert.Equal(billions, Math.Round(ForwardWork.Of(Models.Find(name)).Dense / 1e9, 3));

    [Fact]
    public void NormalisationAddsNoMultiplyAdds()
    {
        var (without, with) = (ForwardWork.Of(Vgg.Create(11, cifar: true)), ForwardWork.Of(Vgg.Create(11, true, true)));
        Assert.Equal(without with { Parameters = with.Parameters }, with);
    }
}
