using Nonsmooth.Randomness;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Tests.Networks;

public class InitializerTests
{
    [Fact]
    public void FanInFillsItsInterval()
    {
        var values = new float[100_000];
        Initializer.FanIn(25).Fill(values, new CounterRandom(3));
        Assert.All(values, v => Assert.InRange(v, -0.2f, 0.2f));
        Assert.InRange(values.Average(), -0.002, 0.002);
        Assert.InRange(values.Average(v => v * v), 0.98 * 0.04 / 3, 1.02 * 0.04 / 3);
    }

    [Fact]
    public void NormalHasItsDeviation()
    {
        var values = new float[100_000];
        Initializer.Normal(0.5).Fill(values, new CounterRandom(3));
        Assert.InRange(values.Average(), -0.01, 0.01);
        Assert.InRange(values.Average(v => v * v), 0.245, 0.255);
    }

    [Fact]
    public void AParameterDependsOnSeedAndNameAlone()
    {
        float[] Of(string name, ulong seed)
        {
            var values = new float[10];
            new Parameter(name, new Shape(10), Initializer.FanIn(1), true).Initialise(values, seed);
            return values;
        }

        Assert.Equal(Of("a", 1), Of("a", 1));
        Assert.NotEqual(Of("a", 1), Of("b", 1));
        Assert.NotEqual(Of("a", 1), Of("a", 2));
    }

    [Fact]
    public void ConstantsAreConstant()
    {
        var values = new float[3];
        Initializer.One.Fill(values, default);
        Assert.Equal([1, 1, 1], values);
    }

    [Fact]
    public void RefusesScalesThatAreNone()
    {
        Assert.Throws<NonsmoothException>(() => Initializer.Uniform(-1));
        Assert.Throws<NonsmoothException>(() => Initializer.Normal(double.NaN));
        Assert.Throws<NonsmoothException>(() => Initializer.FanIn(0));
    }
}
