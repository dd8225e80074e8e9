using Nonsmooth.Cli.Studies;

namespace Nonsmooth.Cli.Tests.Studies;

public sealed class ReproductionPartTests
{
    private static readonly ReproductionPart[] _parts = [Part("3x256, f32"), Part("3x256, f32, bug"), Part("1x16, f16")];

    [Fact]
    public void AWholeSettingChoosesItsRowAlone() => Assert.Equal([_parts[0]], ReproductionPart.Chosen(_parts, ["3x256, f32"]));

    [Fact]
    public void APartOfASettingChoosesEveryRowWithIt() => Assert.Equal(_parts[..2], ReproductionPart.Chosen(_parts, ["3X256"]));

    [Fact]
    public void TextsAddUpInTheStudysOrder() => Assert.Equal(_parts, ReproductionPart.Chosen(_parts, ["f16", "3x256"]));

    [Fact]
    public void NoTextIsEverything() => Assert.Equal(_parts, ReproductionPart.Chosen(_parts, []));

    [Fact]
    public void AnUnknownSettingNamesThoseThereAre() =>
        Assert.Contains("1x16, f16", Assert.Throws<UsageException>(() => ReproductionPart.Chosen(_parts, ["f64"])).Message, StringComparison.Ordinal);

    private static ReproductionPart Part(string setting) => new(setting, _ => []);
}
