namespace Nonsmooth.Tests.Selections;

public class PresetsTests
{
    [Fact]
    public void TheDefaultComesFirst() => Assert.Same(Selection.Default, Presets.All[0].Selection);

    [Fact]
    public void NamesAndSelectionsAreUnique()
    {
        Assert.Equal(Presets.All.Count, Presets.All.Select(p => p.Name).Distinct().Count());
        Assert.Equal(Presets.All.Count, Presets.All.Select(p => p.Selection).Distinct().Count());
    }

    [Fact]
    public void AreFoundByName()
    {
        Assert.All(Presets.All, p => Assert.Same(p, Presets.Find(p.Name)));
        Assert.Contains("libtorch-2.10, ", Assert.Throws<NonsmoothException>(() => Presets.Find("torch")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheWholeToEachOfTheTiedIsNotConservative()
    {
        Assert.Equal([1.0, 1, 1], Enumerable.Range(0, 3).Select(i => TieRule.Every.Weight(3, i)));
        Assert.Equal((PointLabel.Neither, RuleLabel.NotConservative), (TieRule.Every.AtPoint(2), TieRule.Every.Label));
        Assert.Equal(TieRule.Every, Selection.PyTensor.ReduceMaximumTies);
        Assert.Equal(TieRule.Every, Selection.Paddle.InfinityNormTies);
    }

    [Fact]
    public void SeluAndEluAreSelectedApart()
    {
        Assert.Equal(1.7, Selection.TensorFlow.EluAtZero.Resolve(1.7, 1));
        Assert.Equal(1, Selection.TensorFlow.SeluAtZero.Resolve(1.7, 1));
        Assert.Equal(0, Selection.Tinygrad.EluAtZero.Resolve(2, 1));
    }
}
