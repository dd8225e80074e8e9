namespace Nonsmooth.Data.Tests;

public sealed class NormalisationTests
{
    [Fact]
    public void SubtractsTheMeanAndDividesByTheDeviation()
    {
        var normalisation = new Normalisation([0.1307f], [0.3081f]);
        Assert.Equal((0f - 0.1307f) / 0.3081f, normalisation[0, 0]);
        Assert.Equal((1f - 0.1307f) / 0.3081f, normalisation[0, 255]);
        Assert.Equal(200 / 255f, Normalisation.None(3)[2, 200]);
    }

    [Fact]
    public void RefusesADeviationThatIsNotPositive()
    {
        Assert.Throws<ArgumentException>(() => new Normalisation([0], [0]));
        Assert.Throws<ArgumentException>(() => new Normalisation([0], [float.NaN]));
        Assert.Throws<ArgumentException>(() => new Normalisation([0, 0], [1]));
        Assert.Throws<ArgumentException>(() => new Normalisation([], []));
    }
}
