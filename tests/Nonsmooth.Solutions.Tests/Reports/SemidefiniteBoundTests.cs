namespace Nonsmooth.Solutions.Tests.Reports;

/// <summary>The bound of a semidefinite projection knows how near eigenvalues of both signs are.</summary>
public sealed class SemidefiniteBoundTests
{
    // Z = V diag(1, g, −g) Vᵀ with a Householder matrix V: Z moves by its own rounding, and the derivative by that over 2g.
    [Theory]
    [InlineData(1e-4)]
    [InlineData(1e-6)]
    public void TheConditionIsTheLargestEigenvalueOverTheGap(double gap)
    {
        double[] v = [0.6, 0.64, 0.48];
        double[] values = [1, gap, -gap];
        double V(int i, int k) => (i == k ? 1 : 0) - (2 * v[i] * v[k]);
        double[] z = [.. Enumerable.Range(0, 9).Select(e => Enumerable.Range(0, 3).Sum(k => V(e / 3, k) * values[k] * V(e % 3, k)))];
        double[] cotangent = [.. Enumerable.Range(0, 9).Select(e => (V(e / 3, 1) * V(e % 3, 2)) + (V(e / 3, 2) * V(e % 3, 1)))];
        var report = new SemidefiniteCone().Report([Tensor.Of(new Shape(3, 3), z)])[0];
        var bound = report.Bound([cotangent]);

        // Of V's own second and third column Ω is g/(2g).
        double error = Math.Sqrt(bound.Gradient[0].Zip(cotangent, (g, c) => Math.Pow(g - (c / 2), 2)).Sum());
        Assert.InRange(report.Condition, 0.4 / gap, 10 / gap);
        Assert.InRange(error, 0, bound.Bound);
    }
}
