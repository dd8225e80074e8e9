using Nonsmooth.Engines.Dialects;
using Nonsmooth.Reliability.Profiles;

namespace Nonsmooth.Reliability.Tests.Profiles;

public class KinkTableTests
{
    private static readonly Lazy<KinkTable> Table = new(static () => KinkTable.Measure(Profile.All));

    [Fact]
    public void LibTorchReproducesTheSpecification()
    {
        Assert.True(SpecificationColumns.LibTorch.Count >= 60);
        Compare(SpecificationColumns.LibTorch, Profile.LibTorch);
        Compare(SpecificationColumns.Disagreements, Profile.LibTorch);
        Assert.All(SpecificationColumns.Disagreements.Keys, id => Assert.Contains("specification", Table.Value.Readings.Single(r => r.Row.Id == id).Row.Remark, StringComparison.Ordinal));
        Assert.All(Values(Profile.LibTorch), v => Assert.True(v.Value.Source is KinkSource.Autograd or KinkSource.Refused, v.Row.Id));
    }

    [Fact]
    public void JaxReproducesTheSpecification() => Compare(SpecificationColumns.Jax, Profile.Jax);

    [Fact]
    public void TensorFlowReproducesTheSpecification() => Compare(SpecificationColumns.TensorFlow, Profile.TensorFlow);

    [Trait("Speed", "Slow")]
    [Fact]
    public void TheRecordingHoldsWhereTheSpecificationDiffers() => Compare(SpecificationColumns.TensorFlowRecorded, Profile.TensorFlow);

    [Fact]
    public void TheNextLibTorchReproducesTheSpecification() => Compare(SpecificationColumns.LibTorchNext, Profile.LibTorchNext);

    [Fact]
    public void TheExecutorUnderTheDefaultSelectionIsLibTorch()
    {
        var both = Table.Value.Readings.Where(r => r.Row.Program(Dialect.Standard) is not null && r.Values[0].Gradient is not null)
            .Select(r => (r.Row, Live: r.Values[0], Ours: new KinkValue(KinkValuation.Run(r.Row.Program(Dialect.Standard)!, r.Row.Point, Selections.Selection.Default), KinkSource.Executor)));
        Assert.Empty(both.Where(r => r.Row.ProgramIsLibTorch != r.Live.Agrees(r.Ours)).Select(r => $"{r.Row.Id}: live {Text(r.Live)}, executor {Text(r.Ours)}"));
    }

    [Fact]
    public void AFunctionWithoutDerivativeIsReportedAsRefused()
    {
        var value = Value("heaviside@0", Profile.LibTorch);
        Assert.Equal(KinkSource.Refused, value.Source);
        Assert.Contains("heaviside", value.Note, StringComparison.Ordinal);
        Assert.Single(Values(Profile.LibTorch), v => v.Value.Source == KinkSource.Refused);
    }

    [Theory]
    [InlineData("relu@0", "Clarke", true)]
    [InlineData("clamp@hi", "Clarke", false)]
    [InlineData("selu@0", "Clarke", false)]
    [InlineData("maximum_x0@0", "Clarke", false)]
    [InlineData("max_pool2d@tie", "Clarke", false)]
    [InlineData("amax@tie", "Clarke", true)]
    [InlineData("zero@0", "NotTheGradient", false)]
    [InlineData("clamp00@0", "NotTheGradient", false)]
    [InlineData("hypot@0,0", "NaN", false)]
    [InlineData("sqrt@0", "NotLipschitz", null)]
    [InlineData("floor@1", "Jump", null)]
    [InlineData("sort@tie", "Clarke", false)]
    [InlineData("acosh@1", "NotLipschitz", null)]
    [InlineData("det@singular", "NotTheGradient", false)]
    [InlineData("relu@nan", "Unjudged", null)]
    [InlineData("normalize@0", "Clarke", true)]
    public void LabelsAreThoseOfTheNeighbourhood(string id, string label, bool? obeys)
    {
        var reading = Table.Value.Readings.Single(r => r.Row.Id == id);
        Assert.Equal((label, obeys), (reading.Values[0].Label.ToString(), reading.ObeysItsRule));
    }

    // 1 for relu(−x) + x − relu(x) at 0: no subgradient, but an element of a conservative field of that program.
    [Fact]
    public void AGradientOfAConservativeProgramIsAdmissible()
    {
        Assert.True(Value("zero@0", Profile.LibTorch).IsAdmissible);
        Assert.False(Value("det@singular", Profile.LibTorch).IsAdmissible);
        Assert.All(Values(Profile.LibTorch), v => Assert.False(v.Value is { IsAdmissible: true, Label: KinkLabel.Clarke }));
    }

    [Fact]
    public void ClampsAndTheMaximaThatIgnoreNaNDifferInTheNextLibTorch()
    {
        var ids = Table.Value.Differing(Profile.LibTorch, Profile.LibTorchNext).Select(r => r.Row.Id).ToList();
        Assert.Superset(new HashSet<string> { "clamp@lo", "clamp@hi", "clamp_min@0", "clamp_tensor@lo", "fmax@tie", "fmin@tie", "hinge@1" }, ids.ToHashSet());
        Assert.DoesNotContain("maximum_x0@0", ids);
        Assert.DoesNotContain("relu@0", ids);
        Assert.Equal(KinkSource.Unknown, Value("quantile@tie", Profile.LibTorchNext).Source);
    }

    [Fact]
    public void RowsHaveNamesOfTheirOwn() =>
        Assert.Equal(KinkRows.All.Count, KinkRows.All.Select(r => r.Id).Distinct().Count());

    private static IEnumerable<(KinkRow Row, KinkValue Value)> Values(Profile profile) =>
        Table.Value.Readings.Select(r => (r.Row, r.Values[Profile.All.ToList().IndexOf(profile)]));

    private static KinkValue Value(string id, Profile profile) => Values(profile).Single(v => v.Row.Id == id).Value;

    private static void Compare(IReadOnlyDictionary<string, double[]> expected, Profile profile) => Assert.Empty(expected
        .Where(e => !Value(e.Key, profile).Agrees(new(e.Value, KinkSource.Declared)))
        .Select(e => $"{e.Key}: {Text(Value(e.Key, profile))}, expected {string.Join(", ", e.Value)}"));

    private static string Text(KinkValue value) => value.Gradient is { } g ? string.Join(", ", g) : $"{value.Source} {value.Note}";
}
