using Nonsmooth.Selections;

namespace Nonsmooth.Solutions.Tests.Sparse;

/// <summary>Programs over ranges: against the dense map, and where rows are dependent, bounds infinite, units far apart.</summary>
public class SparseQuadraticProgramTests
{
    [Fact]
    public void AgreesWithTheDenseMap()
    {
        for (ulong seed = 0; seed < 30; seed++)
        {
            var dense = StandardSolutions.Rows[2].Draw(new CounterRandom(seed));
            int n = 5;
            int m = 6;
            int p = 2;
            var (upper, full) = (SparsePattern.Upper(n), SparsePattern.Full(m + p, n));
            double[] q = dense[0].Elements;
            double[] rows = [.. dense[2].Elements, .. dense[4].Elements];
            var map = new SparseQuadraticProgram(upper, full);
            Tensor<double>[] sparse =
            [
                Numbers([.. upper.Places.Select(e => (q[(e.Row * n) + e.Column] + q[(e.Column * n) + e.Row]) / 2)]), dense[1],
                Numbers([.. full.Places.Select(e => rows[(e.Row * n) + e.Column])]),
                Numbers([.. Enumerable.Repeat(double.NegativeInfinity, m), .. dense[5].Elements]),
                Numbers([.. dense[3].Elements, .. dense[5].Elements]),
            ];
            var there = new QuadraticProgram().Report(dense)[0];
            var here = map.Report(sparse)[0];
            Near(there.Solution.Values[0], here.Solution.Values[0], 1e-9);
            Near([.. there.Solution.Values[1], .. there.Solution.Values[2]], here.Solution.Values[1], 1e-8);
            Assert.Equal(there.IsRegular, here.IsRegular);
            double[] cotangent = [.. Enumerable.Range(0, n).Select(i => Math.Sin(i + 1.0))];
            var old = there.Derivative.Cotangent([cotangent, new double[m], new double[p]]);
            var now = here.Derivative.Cotangent([cotangent, new double[m + p]]);
            Near(old[1], now[1], 1e-8);
            Near(old[3], now[4][..m], 1e-8);
            Near(old[5], [.. now[3][m..].Zip(now[4][m..], (l, u) => l + u)], 1e-8);
            Near([.. upper.Places.Select(e => e.Row == e.Column ? old[0][(e.Row * n) + e.Column] : old[0][(e.Row * n) + e.Column] + old[0][(e.Column * n) + e.Row])], now[0], 1e-8);
            Near([.. full.Places.Select(e => e.Row < m ? old[2][(e.Row * n) + e.Column] : old[4][((e.Row - m) * n) + e.Column])], now[2], 1e-7);
        }
    }

    // min ½|x|² − qᵀx over x₁ + x₂ = 2: x = q + (2 − q₁ − q₂)/2, so that dx/dq projects on the line.
    [Theory]
    [InlineData(1, new[] { 1.0, 1, 1, 1 }, new[] { 2.0, 2 })]
    [InlineData(2, new[] { 1.0, 1, 3, 3 }, new[] { 2.0, 6 })]
    [InlineData(3, new[] { 1.0, 1, 1, 1, 1, 1 }, new[] { 2.0, 2, 2 })]
    [InlineData(4, new[] { 1.0, 1, 0, 0 }, new[] { 2.0, 0 })]
    [InlineData(5, new[] { 1.0, 1, 1e6, 1e6 }, new[] { 2.0, 2e6 })]
    public void DependentRowsLeaveADerivative(int kind, double[] rows, double[] sides)
    {
        int m = sides.Length;
        var full = SparsePattern.Full(m, 2);
        var map = new SparseQuadraticProgram(SparsePattern.Diagonal(2), full);
        var report = map.Report([Numbers([1, 1]), Numbers([-1, -0.25]), Numbers([.. full.Places.Select(e => rows[(e.Row * 2) + e.Column])]), Numbers(sides), Numbers(sides)])[0];
        Near([1.375, 0.625], report.Solution.Values[0], 1e-10);
        Assert.False(report.HasUniqueMultipliers, $"kind {kind}: multipliers of dependent rows are not unique");
        var gradient = report.Derivative.Cotangent([[1, 0], new double[m]]);
        Near([-0.5, 0.5], gradient[1], 1e-9);
    }

    [Fact]
    public void NearlyDependentRowsAreSolved()
    {
        var full = SparsePattern.Full(2, 2);
        var map = new SparseQuadraticProgram(SparsePattern.Diagonal(2), full);
        double[] rows = [1, 1, 1, 1 + 1e-9];
        double[] sides = [2, 2 + 1e-9];
        var report = map.Report([Numbers([1, 1]), Numbers([0, 0]), Numbers([.. full.Places.Select(e => rows[(e.Row * 2) + e.Column])]), Numbers(sides), Numbers(sides)])[0];
        Near([1, 1], report.Solution.Values[0], 1e-6);
    }

    // ½x² − x + Ms over x − s ≤ ½, s ≥ 0: x = ½ whatever a large M is, and in whatever units s is.
    [Theory]
    [InlineData(1e9, 1)]
    [InlineData(1e10, 1)]
    [InlineData(1e9, 1e9)]
    [InlineData(1e9, 1e-9)]
    public void LargePenaltiesAndUnitsDoNotMatter(double penalty, double unit)
    {
        var constraints = SparsePattern.Of(2, 2, [(0, 0), (0, 1), (1, 1)]);
        var map = new SparseQuadraticProgram(SparsePattern.Of(2, 2, [(0, 0)]), constraints);
        var report = map.Report([Numbers([1]), Numbers([-1, penalty * unit]), Numbers([1, -unit, unit]), Numbers([double.NegativeInfinity, 0]), Numbers([0.5, double.PositiveInfinity])])[0];
        Near([0.5, 0], report.Solution.Values[0], 1e-9);
        var gradient = report.Derivative.Cotangent([[1, 0], [0, 0]]);
        Assert.Equal(0, gradient[1][0], 1e-9);
        Assert.Equal(1, gradient[4][0], 1e-9);
        Assert.Empty(report.WeaklyActive);
    }

    [Fact]
    public void RowsWithoutBoundsAreNone()
    {
        var map = new SparseQuadraticProgram(SparsePattern.Diagonal(2), SparsePattern.Full(1, 2));
        var report = map.Report([Numbers([1, 2]), Numbers([-1, -1]), Numbers([1, 1]), Numbers([double.NegativeInfinity]), Numbers([double.PositiveInfinity])])[0];
        Near([1, 0.5], report.Solution.Values[0], 1e-12);
        Near([-1, 0], report.Derivative.Cotangent([[1, 0], [0]])[1], 1e-12);
        Assert.True(report.IsRegular);
    }

    [Fact]
    public void ASolutionThatIsNotUniqueHasNoDerivative()
    {
        var map = new SparseQuadraticProgram(SparsePattern.Of(2, 2, []), SparsePattern.Of(3, 2, [(0, 0), (0, 1), (1, 0), (2, 1)]));
        var report = map.Report([Numbers([]), Numbers([1, 1]), Numbers([1, 1, 1, 1]), Numbers([1, 0, 0]), Numbers([double.PositiveInfinity, 5, 5])])[0];
        Assert.Equal(1, report.Solution.Values[0].Sum(), 1e-8);
        Assert.Equal(Invertibility.Fails, report.Invertibility);
        Assert.Throws<SingularSolutionException>(() => report.Derivative.Cotangent([[1, 0], new double[3]]));
        Assert.False(report.IsRegular);
    }

    // A transport of equal masses: degenerate rows, a unique plan.
    [Fact]
    public void AnAssignmentOnItsFaceHasTheDerivativeZeroInItsCosts()
    {
        const int n = 3;
        double[] costs = [1, 5, 6, 4, 2, 7, 9, 8, 3];
        var rows = SparsePattern.Of((2 * n) + (n * n), n * n, Enumerable.Range(0, n * n).SelectMany(e => new[] { (e / n, e), (n + (e % n), e), ((2 * n) + e, e) }));
        var map = new SparseQuadraticProgram(SparsePattern.Of(n * n, n * n, []), rows);
        double[] low = [.. Enumerable.Repeat(1.0, 2 * n), .. new double[n * n]];
        double[] up = [.. Enumerable.Repeat(1.0, 2 * n), .. Enumerable.Repeat(double.PositiveInfinity, n * n)];
        var report = map.Report([Numbers([]), Numbers(costs), Numbers([.. Enumerable.Repeat(1.0, rows.Count)]), Numbers(low), Numbers(up)])[0];
        Near([1, 0, 0, 0, 1, 0, 0, 0, 1], report.Solution.Values[0], 1e-9);
        Assert.False(report.HasUniqueMultipliers);
        Near(new double[n * n], report.Derivative.Cotangent([[.. costs.Select(Math.Sin)], new double[low.Length]])[1], 1e-9);
    }

    [Fact]
    public void WhatHasNoSolutionIsRefusedWithACertificate()
    {
        var box = new SparseQuadraticProgram(SparsePattern.Of(2, 2, []), SparsePattern.Full(2, 2));
        var infinite = double.PositiveInfinity;
        var infeasible = Assert.Throws<InfeasibleProblemException>(() => box.Report([Numbers([]), Numbers([1, 1]), Numbers([1, 1, 1, 1]), Numbers([3, -infinite]), Numbers([infinite, 2])]));
        Assert.Contains("combination", infeasible.Message, StringComparison.Ordinal);
        Assert.Throws<UnboundedProblemException>(() => box.Report([Numbers([]), Numbers([-1, -1]), Numbers([1, 0, 0, 1]), Numbers([0, 0]), Numbers([infinite, infinite])]));
        var curved = new SparseQuadraticProgram(SparsePattern.Upper(2), SparsePattern.Full(1, 2));
        Assert.Throws<NotConvexException>(() => curved.Report([Numbers([1, 2, 1]), Numbers([0, 0]), Numbers([1, 1]), Numbers([0]), Numbers([1])]));
        Assert.Throws<InfeasibleProblemException>(() => curved.Report([Numbers([1, 0, 1]), Numbers([0, 0]), Numbers([1, 1]), Numbers([2]), Numbers([1])]));
        var nan = Assert.Throws<NotFiniteProblemException>(() => curved.Report([Numbers([1, 0, 1]), Numbers([0, 0]), Numbers([1, 1]), Numbers([double.NaN]), Numbers([1])]));
        Assert.Contains("l is NaN", nan.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WeaklyActiveRowsAreOneSided()
    {
        var map = new SparseQuadraticProgram(SparsePattern.Diagonal(1), SparsePattern.Diagonal(1));
        Tensor<double>[] at = [Numbers([1]), Numbers([-1]), Numbers([1]), Numbers([double.NegativeInfinity]), Numbers([1])];
        var report = map.Report(at)[0];
        Assert.Equal([0], report.WeaklyActive);
        var sides = report.OneSided([[0], [1], [0], [0], [0]]);
        Assert.Equal(-1, sides.Right[0][0], 1e-9);
        Assert.Equal(0, sides.Left[0][0], 1e-9);
        Assert.Equal(-1, report.Derivative.Cotangent([[1], [0]])[1][0], 1e-9);
        Assert.Equal(0, map.Report(at, Selection.Default with { WeaklyActive = ActivityRule.Active })[0].Derivative.Cotangent([[1], [0]])[1][0], 1e-9);
    }

    private static Tensor<double> Numbers(double[] values) => Tensor.Of(new Shape(values.Length), values);

    private static void Near(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        double size = 1 + expected.Select(Math.Abs).DefaultIfEmpty(0).Max();
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * size, $"element {i} is {actual[i]:R}, not {expected[i]:R}");
        }
    }
}
