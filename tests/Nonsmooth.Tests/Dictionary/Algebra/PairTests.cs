namespace Nonsmooth.Tests.Dictionary.Algebra;

public sealed class PairTests
{
    [Fact]
    public void ANumberStandsForBoth()
    {
        Pair one = 3;
        Pair two = (1, 2);
        Assert.Equal(new Pair(3, 3), one);
        Assert.Equal([1, 2], (IntVector)two);
    }
}
