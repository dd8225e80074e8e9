using Nonsmooth.Optimizers;
using Nonsmooth.Training.Comparisons;

namespace Nonsmooth.Training.Tests.Comparisons;

public class ContenderTextTests
{
    [Fact]
    public void Settings_are_joined_by_plus_and_exponents_keep_theirs()
    {
        var contender = ContenderText.Parse("Innaprop:alpha=2+beta=2e+0+weight-decay=0");
        var (options, rate) = contender.At(1e-3);
        Assert.Equal(("innaprop alpha=2 beta=2e+0 weight-decay=0", "innaprop"), (contender.Label, contender.Optimizer));
        Assert.Equal(new InnapropOptions { Alpha = 2, Beta = 2, WeightDecay = 0 }, options);
        Assert.Equal(2e-3, rate, 1e-15);
        Assert.Equal(5e-4, contender.DefaultEta, 1e-15);
    }

    [Theory]
    [InlineData("adamw", 1e-3, 1e-3)]
    [InlineData("innaprop", 1e-2, 1e-1)]
    [InlineData("sgd", 1, 10)]
    [InlineData("sgd:momentum=0", 0.1, 1)]
    public void Eta_is_the_long_run_step(string text, double defaultEta, double etaPerRate)
    {
        var contender = ContenderText.Parse(text);
        Assert.Equal(defaultEta, contender.DefaultEta, 1e-12);
        var (options, rate) = contender.At(etaPerRate);
        Assert.Equal(etaPerRate, options.LongRunStep(rate), 1e-12);
    }

    [Fact]
    public void By_AdamWs_numbers_every_rate_has_its_own_damping()
    {
        var contender = ContenderText.Parse("innaprop-from-adamw:beta1=0.95+nesterov=true+sigma=0.99");
        Assert.Equal(1e-3, contender.DefaultEta);
        foreach (double eta in (double[])[1e-4, 3e-2])
        {
            var (options, rate) = contender.At(eta);
            var (expected, expectedRate) = InnapropOptions.FromAdamW(eta, 0.95, nesterov: true);
            Assert.Equal(expected with { Sigma = 0.99 }, options);
            Assert.Equal(expectedRate, rate);
            Assert.Equal(eta, options.LongRunStep(rate), 1e-12);
        }
    }

    [Theory]
    [InlineData("adam-w", "no optimizer 'adam-w'")]
    [InlineData("adamw:beta1", "give key=value, joined by +")]
    [InlineData("adamw:beta9=1", "no setting 'beta9'")]
    [InlineData("adamw:beta1=x", "give a number from 0")]
    [InlineData("adamw:beta1=2", "beta1 is '2'")]
    [InlineData("innaprop:alpha=0", "alpha above 0")]
    [InlineData("innaprop-from-adamw:alpha=1", "follows from the rate and beta1")]
    [InlineData("innaprop-from-adamw:beta1=1", "beta1 is 1")]
    [InlineData("innaprop-from-adamw:nesterov=yes", "give true or false")]
    public void What_cannot_be_read_is_named(string text, string complaint) =>
        Assert.Contains(complaint, Assert.Throws<NonsmoothException>(() => ContenderText.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Every_optimizer_can_compete() => Assert.All(ContenderText.Names, name =>
    {
        var contender = ContenderText.Parse(name);
        var (options, rate) = contender.At(contender.DefaultEta);
        options.ValidateStep(rate, 1);
    });
}
