namespace Nonsmooth.Tests.Programs;

public class MeasureGapsTests
{
    private const double Inf = double.PositiveInfinity;

    [Fact]
    public void Of_a_function_of_one_variable_the_nearest_kink_counts_and_both_zeros_are_one()
    {
        Same(Relu, [3, -0.0, 0, -2, double.NaN], gaps: [3, 0, 0, 2, double.NaN], scales: [0, 0, 0, 0, 0]);
        Same(Relu6, [1, 6, 5, 7.5, -4], gaps: [1, 0, 1, 1.5, 4], scales: [0, 6, 6, 6, 0]);
        Assert.False(Kinked(Exp, new Shape(3)).HasGaps);
        Assert.False(Kinked(Floor, new Shape(3)).HasGaps);
    }

    [Fact]
    public void Of_two_competitors_it_is_their_difference()
    {
        var maximum = new Binary<Maximum>(default);
        var minimum = new Binary<Minimum>(default);
        double[] a = [1, 2, Inf, -0.0];
        double[] b = [4, 2, Inf, 0];
        Assert.Equal([3, 0, 0, 0], Measure(maximum, a, b).Gaps);
        Assert.Equal([4, 2, Inf, 0], Measure(maximum, a, b).Scales);
        Assert.Equal([3, 0, 0, 0], Measure(minimum, a, b).Gaps);
        Assert.Equal([1, 2, Inf, 0], Measure(minimum, a, b).Scales);
        Assert.False(new Binary<Add>(default).HasGaps);
    }

    [Fact]
    public void Of_a_window_it_is_the_best_minus_the_second_best()
    {
        double[] x = [1, 2, 4, 0, 2, 0, 0, 3, double.NaN, 1, 5, 5, 1, 1, 5, 0];
        Same(v => MaxPool2d(v, 2), new Shape(1, 1, 4, 4), x, gaps: [0, 1, double.NaN, 0], scales: [2, 4, 1, 5]);

        // Padding competes with nobody: the corner windows of 2×2 at stride 2 have one element.
        Same(v => MaxPool2d(v, 2, 2, 1), new Shape(1, 1, 2, 2), [1, 2, 2, 1], gaps: [Inf, Inf, Inf, Inf], scales: [1, 2, 2, 1]);
        Same(v => NormPool2d(v, 2), new Shape(1, 1, 2, 4), [0, -0.0, 1, 0, 0, 0, -3, 0], gaps: [0, 3], scales: [0, 0]);
    }

    [Fact]
    public void Of_a_reduction_it_is_the_best_minus_the_second_best_of_the_group()
    {
        var shape = new Shape(2, 3);
        double[] x = [1, 5, 5, -2, -7, -4];
        Same(v => v.Max(1), shape, x, gaps: [0, 2], scales: [5, 2]);
        Same(v => v.Min(1), shape, x, gaps: [4, 3], scales: [1, 7]);
        Same(v => v.Max(0), shape, x, gaps: [3, 12, 9], scales: [1, 5, 5]);
        Same(v => v.Max(), new Shape(1), [-Inf], gaps: [Inf], scales: [Inf]);
        Same(v => v.Max(), new Shape(2), [-Inf, -Inf], gaps: [0], scales: [Inf]);
    }

    [Fact]
    public void Of_a_norm_it_depends_on_the_order()
    {
        var shape = new Shape(2, 2);
        double[] x = [3, -3, 0, -0.0];
        Same(v => v.Norm(1, 1), shape, x, gaps: [3, 0], scales: [0, 0]);
        Same(v => v.Norm(2, 1), shape, x, gaps: [3, 0], scales: [0, 0]);
        Same(v => v.Norm(Inf, 1), shape, x, gaps: [0, 0], scales: [3, 0]);
        Same(v => v.Norm(Inf), new Shape(1), [-2], gaps: [2], scales: [2]);
    }

    [Fact]
    public void Of_an_order_it_is_the_nearer_neighbour()
    {
        var shape = new Shape(3, 2);
        double[] x = [2, 1, 2, 8, 5, 4];
        Same(v => v.Sort(0).Values, shape, x, gaps: [0, 3, 0, 3, 3, 4], scales: [2, 1, 2, 4, 5, 8]);
        Same(v => v.Sort(0, true).Values, shape, x, gaps: [3, 4, 0, 3, 0, 3], scales: [5, 8, 2, 4, 2, 1]);
        Same(v => v.TopK(1, 0).Values, shape, x, gaps: [3, 4], scales: [5, 8]);
        Same(v => v.TopK(2, 0).Values, shape, x, gaps: [3, 4, 0, 3], scales: [5, 8, 2, 4]);
        Same(v => v.Median(0).Value, shape, x, gaps: [0, 3], scales: [2, 4]);
        Same(v => v.CumulativeMaximum(0).Values, shape, x, gaps: [Inf, Inf, 0, 7, 3, 4], scales: [2, 1, 2, 8, 5, 8]);
        double[] y = [1, double.NaN, 1, 3];
        Same(v => v.Sort().Values, y, gaps: [0, 0, 2, double.NaN], scales: [1, 1, 3, double.NaN]);
        Same(v => v.TopK(2).Values, y, gaps: [double.NaN, 2], scales: [double.NaN, 3]);
        Assert.Equal([double.NaN], Measure(Kinked(v => v.Median().Value, new Shape(4)), new Shape(4), new Shape(1), y).Gaps);
    }

    // The same elements measured a grain at a time are those measured at once.
    [Fact]
    public void Parts_are_the_whole()
    {
        var shape = new Shape(4, 3, 2);
        double[] x = [.. Enumerable.Range(0, 24).Select(i => (double)(i * 7 % 5))];
        foreach (var function in new[] { Kinked(v => v.Sort(1).Values, shape), Kinked(v => v.CumulativeMaximum(1).Values, shape) })
        {
            TensorType[] types = [shape];
            int grain = function.GapGrain(types);
            Assert.Equal(6, grain);
            var parts = new double[24];
            for (int i = 0; i < 24; i += grain)
            {
                function.MeasureGaps(new KinkArguments<double>(types, x), i, parts.AsSpan(i, grain), new double[grain]);
            }

            Assert.Equal(Measure(function, shape, shape, x).Gaps, parts);
        }
    }

    private static ElementaryFunction Kinked(Func<Variable, Variable> function, Shape shape) =>
        Program.Trace(function, shape).Nodes[^1].Function;

    private static void Same(Func<Variable, Variable> function, double[] x, double[] gaps, double[] scales) =>
        Same(function, new Shape(x.Length), x, gaps, scales);

    private static void Same(Func<Variable, Variable> function, Shape shape, double[] x, double[] gaps, double[] scales)
    {
        var measured = Measure(Kinked(function, shape), shape, new Shape(gaps.Length), x);
        Assert.Equal(gaps, measured.Gaps);
        Assert.Equal(scales, measured.Scales);
    }

    private static (double[] Gaps, double[] Scales) Measure(ElementaryFunction function, Shape shape, Shape result, double[] x)
    {
        var (gaps, scales) = (new double[result.Elements], new double[result.Elements]);
        function.MeasureGaps(new KinkArguments<double>([shape], x), 0, gaps, scales);
        float[] single = [.. x.Select(v => (float)v)];
        var (narrow, _) = (new float[gaps.Length], 0);
        function.MeasureGaps(new KinkArguments<float>([shape], single), 0, narrow, new float[gaps.Length]);
        Assert.Equal(gaps, narrow.Select(v => (double)v));
        return (gaps, scales);
    }

    private static (double[] Gaps, double[] Scales) Measure(ElementaryFunction function, double[] a, double[] b)
    {
        var (gaps, scales) = (new double[a.Length], new double[a.Length]);
        function.MeasureGaps(new KinkArguments<double>([new Shape(a.Length), new Shape(a.Length)], a, b), 0, gaps, scales);
        return (gaps, scales);
    }
}
