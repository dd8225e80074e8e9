namespace Nonsmooth.Tests.Dictionary.Algebra;

public sealed class DotTests
{
    [Fact]
    public void SumsProducts()
    {
        var dot = new Applied(new Dot(), Applied.Reals(new Shape(3), 1, 2, 3), Applied.Reals(new Shape(3), 4, -5, 6));
        Assert.Equal([12.0], dot.Value());
        dot.CheckDerivatives();
        dot.CheckCount();
    }

    [Fact]
    public void IsZeroOverNothing()
    {
        var dot = new Applied(new Dot(), Applied.Reals(new Shape(0)), Applied.Reals(new Shape(0)));
        Assert.Equal([0.0], dot.Value());
        dot.CheckCount();
    }

    [Fact]
    public void AddsFromLeftToRight()
    {
        double tiny = Math.BitIncrement(1) - 1;
        var ones = Applied.Reals(new Shape(3), 1, 1, 1);
        Assert.Equal([1 + tiny], new Applied(new Dot(), Applied.Reals(new Shape(3), tiny / 2, tiny / 2, 1), ones).Value());
        Assert.Equal([1.0], new Applied(new Dot(), Applied.Reals(new Shape(3), 1, tiny / 2, tiny / 2), ones).Value());
    }
}
