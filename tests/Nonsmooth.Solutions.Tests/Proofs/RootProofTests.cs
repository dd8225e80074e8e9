using Nonsmooth.Dictionary;

namespace Nonsmooth.Solutions.Tests.Proofs;

public sealed class RootProofTests
{
    private static readonly Program _parabola = Program.Trace((t, x) => (x * x) - (2 * t * x) + t, Shape.Scalar, Shape.Scalar);

    // x² − 2tx + t: at t = 1 the root 1 is double; above there are two, 2√(t² − t) apart: 6.7e-8 at the second t, which intervals still tell.
    [Theory]
    [InlineData(1, Invertibility.Fails)]
    [InlineData(1 + 1e-15, Invertibility.AllElements)]
    [InlineData(1 + 2.5e-7, Invertibility.AllElements)]
    [InlineData(2, Invertibility.AllElements)]
    public void ADoubleRootIsNotCalledRegular(double t, Invertibility expected)
    {
        var report = new Implicit(_parabola).Report([Tensor.Of(Shape.Scalar, new[] { t })])[0];
        Assert.Equal(expected, report.Invertibility);
        if (expected == Invertibility.Fails)
        {
            Assert.Throws<SingularSolutionException>(() => report.Bound([[1]]));
            return;
        }

        var bound = report.Bound([[1]]);
        Assert.False(bound.IsProved);
        Assert.StartsWith("estimate: ", bound.Reason);
    }

    // x − ½·floor(x) − t jumps at 1: between its two sides there may be no root, whatever the slope.
    [Fact]
    public void AProgramThatMayJumpIsNotProved()
    {
        var jumping = Program.Trace((t, x) => x - (0.5 * Functions.Floor(x)) - t, Shape.Scalar, Shape.Scalar);
        Assert.Equal(Invertibility.Unknown, new Implicit(jumping).Report([Tensor.Of(Shape.Scalar, new[] { 0.3 })])[0].Invertibility);
    }

    [Fact]
    public void OffItsKinksAProgramIsProved()
    {
        var kinked = Program.Trace((t, x) => (2 * x) + Functions.Abs(x - 1e-3) - t, Shape.Scalar, Shape.Scalar);
        Assert.Equal(Invertibility.AllElements, new Implicit(kinked).Report([Tensor.Of(Shape.Scalar, new[] { 0.3 })])[0].Invertibility);
    }

    // A solution inside a residual is found in doubles, which no interval holds.
    [Fact]
    public void AProgramThatIntervalsDoNotRunIsNotProved()
    {
        var nested = Program.Trace(
            (t, x) => x + (0.1 * Solve.Sparsemax(Functions.Concatenate(0, x.Reshape(new Shape(1)), t.Reshape(new Shape(1)))).Sum()) - t, Shape.Scalar, Shape.Scalar);
        Assert.Equal(Invertibility.Unknown, new Implicit(nested).Report([Tensor.Of(Shape.Scalar, new[] { 3.0 })])[0].Invertibility);
    }
}
