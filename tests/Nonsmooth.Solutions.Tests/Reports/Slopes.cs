namespace Nonsmooth.Solutions.Tests.Reports;

/// <summary>One-sided slopes of solutions by whole solves.</summary>
internal static class Slopes
{
    private const double _step = 1e-5;

    /// <summary>
    /// Richardson's extrapolation of one-sided quotients, of which an error of the third order is left; and whether the state changes within the steps, so
    /// that they say nothing.
    /// </summary>
    public static (IReadOnlyList<double[]> Values, bool NearKink) At(SolutionMap map, IReadOnlyList<Tensor<double>> problem, double[][] direction, int side)
    {
        var at = Solved(0);
        var near = Solved(side * _step);
        var middle = Solved(2 * side * _step);
        var far = Solved(4 * side * _step);
        return ([.. at.Values.Select((values, r) => values.Select((x, i) =>
        {
            double first = ((4 * near.Values[r][i]) - middle.Values[r][i] - (3 * x)) / (2 * side * _step);
            double second = ((4 * middle.Values[r][i]) - far.Values[r][i] - (3 * x)) / (4 * side * _step);
            return ((4 * first) - second) / 3;
        }).ToArray())], !near.State.SequenceEqual(far.State));

        Solution Solved(double step) => map.Report(
            [.. problem.Select((a, p) => Tensor.Of(a.Shape, a.Elements.Zip(direction[p], (x, d) => x + (step * d)).ToArray()))])[0].Solution;
    }
}
