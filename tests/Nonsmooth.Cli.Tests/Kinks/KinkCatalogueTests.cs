using Nonsmooth.Cli.Kinks;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Cli.Tests.Kinks;

public sealed class KinkCatalogueTests
{
    private readonly KinkReport _report = KinkCatalogue.Make();

    [Trait("Speed", "Slow")]
    [Fact]
    public void NoFunctionThatIsNotSmoothIsLeftOut()
    {
        var shown = _report.Kinks.Select(k => k.Function)
            .Concat(_report.Ties.Select(t => t.Function.Split('[')[0]))
            .Concat(_report.NotPathDifferentiable.Select(j => j.Function))
            .ToHashSet();

        // With α = 1 elu has no kink.
        var expected = StandardDictionary.Rows.Select(r => r.Function).Where(f => f.Regularity != Regularity.Smooth).Select(f => f.Name).ToHashSet();
        Assert.Empty(expected.Except(shown));
        Assert.Superset(new HashSet<string> { "floor", "round", "sign", "argmax" }, _report.NotPathDifferentiable.Select(j => j.Function).ToHashSet());
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void ChoicesAreThoseOfTheFrameworks()
    {
        Assert.Equal(["libtorch-2.10", "minimal-norm", "jax", "tensorflow"], _report.Presets);
        Assert.Equal([0, 0, 0, 0], Slopes("relu"));
        Assert.Equal([0, 0, 1, 0], Slopes("abs"));
        Assert.Equal([0.1, 0.1, 1, 0.1], Slopes("leaky_relu"));
        Assert.Equal([-1, 0, -0.5, -1], Slopes("hinge"));
        Assert.Equal([1, 0, 0, 0], Tie("max_pool2d", 0));
        Assert.Equal([0.25, 0.25, 0.25, 0.25], Tie("max_pool2d", 1));
        Assert.Equal(RuleLabel.NotConservative, _report.Ties.Single(t => t.Function == "norm[order=2]").Choices[2].Rule);
        Assert.All(_report.Kinks, k => Assert.All(k.Choices, c => Assert.Equal((PointLabel.Clarke, RuleLabel.Conservative), (c.Point, c.Rule))));
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void ZeroHasAnotherSlopeUnderHalf()
    {
        Assert.Equal((0.0, 1.0, 0.0), (_report.Zero.Value, _report.Zero.SlopeUnderZero, _report.Zero.SlopeUnderHalf));
        Assert.Contains("derivative 1 under ReLU'(0) = 0 and 0 under ReLU'(0) = ½", _report.Zero.Explanation, StringComparison.Ordinal);
    }

    private double[] Slopes(string function) => [.. _report.Kinks.First(k => k.Function == function).Choices.Select(c => c.Slope)];

    private IReadOnlyList<double> Tie(string function, int preset) => _report.Ties.Single(t => t.Function == function).Choices[preset].Gradient;
}
