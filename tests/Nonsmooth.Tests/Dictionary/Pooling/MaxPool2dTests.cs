using Nonsmooth.Tests.Dictionary.Algebra;
using Real = global::Nonsmooth.Arithmetic.Rounded<global::Nonsmooth.Arithmetic.Float64>;

namespace Nonsmooth.Tests.Dictionary.Pooling;

public sealed class MaxPool2dTests
{
    /// <summary>Input, and the pooling.</summary>
    public static TheoryData<int[], MaxPool2d> Cases => new()
    {
        { [2, 2, 4, 6], Of(2, 2) },
        { [1, 2, 5, 5], Of(3, 2, 1) },
        { [1, 1, 5, 4], Of(3, 1, 1) },
        { [1, 1, 6, 6], new MaxPool2d([2, 3], [3, 1], [1, 0], [2, 1]) },
        { [1, 1, 5, 7], Of(2, 2) with { CeilMode = true } },
        { [1, 1, 7, 7], Of(2, 3) },
    };

    private static readonly TieRule[] _rules =
        [TieRule.First, TieRule.Last, TieRule.Average, TieRule.Beta(10), TieRule.Custom("thirds", (k, i) => (i + 1.0) / (k * (k + 1) / 2))];

    [Fact]
    public void TakesTheFirstMaximumAndSaysWhereItIs()
    {
        var x = Applied.Reals(new Shape(1, 1, 2, 4), 1, 7, 5, 5, 7, 2, 5, 1);
        var results = Of(2, 2).Evaluate<Real>([x]);
        Assert.Equal([7, 5], Applied.Doubles(results[0]));
        Assert.Equal([1, 2], Applied.Doubles(results[1]));
    }

    [Fact]
    public void PaddingIsNeverTheMaximum()
    {
        var x = Applied.Reals(new Shape(1, 1, 2, 2), -1, -2, -3, -4);
        Assert.Equal([-1, -1, -2, -1, -1, -2, -3, -3, -4], new Applied(Of(2, 1, 1), x).Value());
    }

    [Fact]
    public void TheLastNaNWins()
    {
        var x = Applied.Reals(new Shape(1, 1, 2, 2), 1, double.NaN, double.NaN, double.PositiveInfinity);
        var results = Of(2, 2).Evaluate<Real>([x]);
        Assert.True(double.IsNaN(Applied.Doubles(results[0])[0]));
        Assert.Equal([2], Applied.Doubles(results[1]));
        foreach (var rule in _rules)
        {
            Assert.Equal([0, 0, 3, 0], Gradient(Of(2, 2), x, rule, 3));
        }
    }

    [Fact]
    public void BothZerosTie()
    {
        var x = Applied.Reals(new Shape(1, 1, 1, 2), -0.0, 0.0);
        var pool = new MaxPool2d([1, 2], [1, 2], [0, 0], [1, 1]);
        Assert.Equal([0], Applied.Doubles(pool.Evaluate<Real>([x])[1]));
        Assert.Equal([0.5, 0.5], Gradient(pool, x, TieRule.Average, 1));
    }

    [Fact]
    public void FourEqualValuesShareAsTheRuleSays()
    {
        var x = Applied.Reals(new Shape(1, 1, 2, 2), 3, 3, 3, 3);
        Assert.Equal([1, 0, 0, 0], Gradient(Of(2, 2), x, TieRule.First, 1));
        Assert.Equal([0, 0, 0, 1], Gradient(Of(2, 2), x, TieRule.Last, 1));
        Assert.Equal([0.25, 0.25, 0.25, 0.25], Gradient(Of(2, 2), x, TieRule.Average, 1));
        Assert.Equal([-6.5, 2.5, 2.5, 2.5], Gradient(Of(2, 2), x, TieRule.Beta(10), 1));
        Assert.Equal([0.1, 0.2, 0.3, 0.4], Gradient(Of(2, 2), x, _rules[4], 1));
    }

    [Fact]
    public void UntiedElementsHaveNoShare()
    {
        var x = Applied.Reals(new Shape(1, 1, 2, 2), 1, 3, 2, 3);
        Assert.Equal([0, 2, 0, 0], Gradient(Of(2, 2), x, TieRule.First, 2));
        Assert.Equal([0, 0, 0, 2], Gradient(Of(2, 2), x, TieRule.Last, 2));
        Assert.Equal([0, 1, 0, 1], Gradient(Of(2, 2), x, TieRule.Average, 2));
        Assert.Equal([0, double.PositiveInfinity, 0, 0], Gradient(Of(2, 2), x, TieRule.First, double.PositiveInfinity));
    }

    [Fact]
    public void OverlappingWindowsOfEqualValuesAddUp()
    {
        var x = Applied.Reals(new Shape(1, 1, 3, 3), 1, 1, 1, 1, 1, 1, 1, 1, 1);
        Assert.Equal([4, 2, 0, 2, 1, 0, 0, 0, 0], Gradient(Of(3, 1, 1), x, TieRule.First, 1));
        Assert.Equal([0, 0, 0, 0, 1, 2, 0, 2, 4], Gradient(Of(3, 1, 1), x, TieRule.Last, 1));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void HasDerivativesAndCount(int[] x, MaxPool2d pool)
    {
        var applied = new Applied(pool, Applied.Varied(1, x));
        applied.CheckCount();
        foreach (var rule in _rules)
        {
            applied.CheckDerivatives(Selection.Default with { MaxPoolTies = rule });
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void TheDerivativesAreAdjointAtTiesAndNoRuleChangesTheirCount(int[] x, MaxPool2d pool)
    {
        var input = Tensor.Generate(new Shape(x), i => Real.FromDouble(i * 7 % 3));
        var index = pool.Evaluate<Real>([input])[1];
        var scatter = new List<string>();
        foreach (var rule in _rules)
        {
            var back = new Applied(new MaxPoolScatter(pool, rule), input, index, Applied.Varied(2, [.. index.Shape]));
            var forth = new Applied(new MaxPoolPick(pool, rule), input, index, Applied.Varied(3, x));
            back.CheckDerivatives(null, 0);
            forth.CheckDerivatives(null, 0);
            back.CheckCount();
            forth.CheckCount();
            scatter.Add(new MaxPoolScatter(pool, rule).Count(back.Types).ToString());
        }

        Assert.Single(scatter.Distinct());
    }

    [Fact]
    public void CountsTheComparisonsOfVgg11()
    {
        long comparisons = 0;
        foreach (var (channels, size) in new[] { (64, 224), (128, 112), (256, 56), (512, 28), (512, 14) })
        {
            comparisons += Of(2, 2).Count([new Shape(1, channels, size, size)]).Comparisons;
        }

        Assert.Equal(4_591_104, comparisons);
    }

    [Fact]
    public void CeilModeDropsAWindowThatWouldStartOnThePadding()
    {
        Assert.Equal(new Shape(1, 1, 3, 3), Output(Of(2, 2) with { CeilMode = true }, 5));
        Assert.Equal(new Shape(1, 1, 2, 2), Output(Of(2, 2), 5));
        Assert.Equal(new Shape(1, 1, 2, 2), Output(Of(2, 2, 1) with { CeilMode = true }, 2));
        Assert.Equal(new Shape(1, 1, 2, 2), Output(Of(2, 3, 1) with { CeilMode = true }, 4));
    }

    [Fact]
    public void WindowsThatFindNothingAreRefused()
    {
        Assert.Throws<ShapeException>(() => Output(Of(3, 1), 2));
        Assert.Throws<ShapeException>(() => Output(Of(2, 1, 2), 4));
        Assert.Throws<ShapeException>(() => Output(new MaxPool2d([2, 2], [1, 1], [1, 1], [2, 2]), 1));
        Assert.Throws<ShapeException>(() => Of(2, 2).InferTypes([new Shape(3, 4, 4)]));
        var e = Assert.Throws<ShapeException>(() => new MaxPoolScatter(Of(2, 2), TieRule.First).InferTypes(
            [new Shape(1, 1, 4, 4), TensorType.Index(new Shape(1, 1, 2, 2)), new Shape(1, 1, 4, 4)]));
        Assert.Contains("1×1×2×2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheFunctionStridesByTheKernel()
    {
        var builder = new ProgramBuilder();
        var y = Functions.MaxPool2d(builder.Input("x", new Shape(1, 1, 6, 6)), (2, 3));
        Assert.Equal(new Shape(1, 1, 3, 2), y.Shape);
    }

    private static MaxPool2d Of(int kernel, int stride, int padding = 0) =>
        new([kernel, kernel], [stride, stride], [padding, padding], [1, 1]);

    private static Shape Output(MaxPool2d pool, int size) => pool.InferTypes([new Shape(1, 1, size, size)])[0].Shape;

    private static double[] Gradient(MaxPool2d pool, Tensor<Real> x, TieRule rule, double cotangent)
    {
        var applied = new Applied(pool, x);
        var g = Tensor.Generate(applied.ResultShape, _ => Real.FromDouble(cotangent));
        return applied.Vjp(g, Selection.Default with { MaxPoolTies = rule })[0]!;
    }
}
