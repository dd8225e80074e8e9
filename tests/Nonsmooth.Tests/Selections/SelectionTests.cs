namespace Nonsmooth.Tests.Selections;

public class SelectionTests
{
    [Fact]
    public void TheNextLibTorchDiffersInClampOnly()
    {
        Assert.Equal(0, Selection.LibTorchNext.ClampAtBounds.Resolve(0, 1));
        Assert.Equal(Selection.Default, Selection.LibTorchNext with { ClampAtBounds = Selection.Default.ClampAtBounds });
    }

    [Fact]
    public void TensorFlowGivesTiesOfTwoToTheFirstAndLooksRightOfSelu()
    {
        Assert.Equal(TieRule.First, Selection.TensorFlow.MaximumTies);
        Assert.Equal(TieRule.Average, Selection.TensorFlow.ReduceMaximumTies);
        Assert.Equal(1.05, Selection.TensorFlow.SeluAtZero.Resolve(1.76, 1.05));
        Assert.Equal(1, Selection.TensorFlow.ClampAtBounds.Resolve(0, 1));
    }
}
