using Nonsmooth.Dictionary;

namespace Nonsmooth.Solutions.Tests.Maps;

/// <summary>
/// Both blocks of the implicit function theorem are of one element of the conservative Jacobian: the same slope at the same kink.
/// </summary>
public sealed class JointJacobianTests
{
    // x = relu(x/2 + b) at b = 0: A = 1 − s/2, B = −s, so −B/A = 2s/(2 − s). Mixed blocks would give s/(1 − s'/2).
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.25)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    public void AtAKinkTheDerivativeIsThatOfOneSlopeInBothBlocks(double slope)
    {
        var derivative = Kinked(slope).Report([Tensor.Of(Shape.Scalar, [0.0])])[0].Derivative;
        double expected = 2 * slope / (2 - slope);
        Assert.Equal(expected, derivative.Tangent([[1]])[0][0], 12);
        Assert.Equal(expected, derivative.Cotangent([[1]])[0][0], 12);
    }

    // relu, with the slope s at 0 written into the program: ≥ takes 1 there and > takes 0.
    private static FixedPoint Kinked(double slope) => new(Nonsmooth.Programs.Program.Trace(
        (b, x) =>
        {
            var u = (0.5 * x) + b;
            return (slope * Functions.Where(Functions.GreaterEqual(u, 0), u, 0)) + ((1 - slope) * Functions.Where(Functions.Greater(u, 0), u, 0));
        },
        Shape.Scalar,
        Shape.Scalar));
}
