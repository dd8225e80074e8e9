using Nonsmooth.Tests.Dictionary.Reductions;

namespace Nonsmooth.Tests.Dictionary.Logic;

public sealed class CompareTests
{
    private static readonly Tensor _a = Probe.Reals(new Shape(5), 1, 2, 3, 0.0, double.NaN);
    private static readonly Tensor _b = Probe.Reals(new Shape(5), 2, 2, 2, -0.0, double.NaN);

    [Theory]
    [InlineData(Comparison.Less, new double[] { 1, 0, 0, 0, 0 })]
    [InlineData(Comparison.LessEqual, new double[] { 1, 1, 0, 1, 0 })]
    [InlineData(Comparison.Equal, new double[] { 0, 1, 0, 1, 0 })]
    [InlineData(Comparison.NotEqual, new double[] { 1, 0, 1, 0, 1 })]
    [InlineData(Comparison.Greater, new double[] { 0, 0, 1, 0, 0 })]
    [InlineData(Comparison.GreaterEqual, new double[] { 0, 1, 1, 1, 0 })]
    public void Compares(Comparison comparison, double[] expected)
    {
        Assert.Equal(expected, Probe.Value(new Compare(comparison), _a, _b));
        Probe.Counts(new Compare(comparison), _a, _b);
    }

    [Fact]
    public void HasNoDerivative()
    {
        Assert.Empty(Probe.Jvp(new Compare(Comparison.Less), Selection.Default, [_a, _b], [_a, _b]));
        Assert.Equal(Regularity.NotPathDifferentiable, new Compare(Comparison.Less).Regularity);
    }

    [Fact]
    public void OtherShapesAreRefused()
    {
        var e = Assert.Throws<ShapeException>(() => new Compare(Comparison.Less).InferTypes([new Shape(2), new Shape(3)]));
        Assert.Equal("less takes two arguments of one shape, given 2 and 3", e.Message);
    }

    [Fact]
    public void FunctionsBroadcastAndNameTheirComparison()
    {
        var program = Program.Trace(
            (x, y) => Where(And(Less(x, y), Not(Or(Equal(x, 1), GreaterEqual(x, y)))), x, 0), new Shape(2, 3), new Shape(3));
        Assert.Equal(TensorType.Real(new Shape(2, 3)), program.Types[program.Outputs[0].Value]);
        Assert.Contains(program.Nodes, n => n.Function == new Compare(Comparison.Less));
        Assert.Contains(program.Nodes, n => n.Function == new Compare(Comparison.GreaterEqual));
    }
}
