using Nonsmooth.Dictionary;

namespace Nonsmooth.Solutions.Tests.Projections;

public sealed class TracedTests
{
    [Fact]
    public void MapsOfABatchShareTheirConstants()
    {
        var program = Program.Trace(z => Functions.Square(Solve.Sparsemax(z)).Sum(), new Shape(2, 3));
        double[] gradient = ((Tensor<double>)Interpreter.Run<Float64>(
            program.Backprop(new BackpropOptions { KeepValues = false }), new[] { 0.5, 0.1, -2, 3, 0, 0 })[0]).Elements;

        // On a support of two, x − mean(x) doubled; a vertex does not move.
        ValueTests.Close([0.4, -0.4, 0, 0, 0, 0], gradient, 1e-14);
    }

    [Fact]
    public void EveryFunctionTraces()
    {
        Shape vector = new(4);
        Assert.Equal([vector], Shapes(Program.Trace(z => Solve.Entmax(z), vector)));
        Assert.Equal([vector], Shapes(Program.Trace(Solve.Entmax, vector, Shape.Scalar)));
        Assert.Equal([vector], Shapes(Program.Trace(Solve.Simplex, vector, Shape.Scalar)));
        Assert.Equal([vector], Shapes(Program.Trace(Solve.L1Ball, vector, Shape.Scalar)));
        Assert.Equal([vector], Shapes(Program.Trace(Solve.L2Ball, vector, Shape.Scalar)));
        Assert.Equal([vector], Shapes(Program.Trace(Solve.Box, vector, vector, vector)));
        Assert.Equal([vector], Shapes(Program.Trace((t, z) => Solve.SecondOrderCone(t, z).Z, Shape.Scalar, vector)));
        Assert.Equal([new Shape(3, 3)], Shapes(Program.Trace(Solve.SemidefiniteCone, new Shape(3, 3))));
        Assert.Equal([vector], Shapes(Program.Trace(y => Solve.Isotonic(y), vector)));
        Assert.Equal([vector], Shapes(Program.Trace(Solve.TotalVariation, vector, Shape.Scalar)));
        Assert.Equal([vector], Shapes(Program.Trace(Solve.NonNegativeLeastSquares, new Shape(6, 4), new Shape(6))));
        Assert.Equal([vector], Shapes(Program.Trace(
            (a, b) => Solve.BoxLeastSquares(a, b, a.Builder.Apply(new Fill(new Shape(4), 0)), a.Builder.Apply(new Fill(new Shape(4), 1))), new Shape(6, 4), new Shape(6))));
        Assert.Equal([vector], Shapes(Program.Trace((x, y, c) =>
            Solve.SupportVectors(x, y, y.Builder.Apply(new Fill(new Shape(6), 1)), c).W, new Shape(6, 4), new Shape(6), Shape.Scalar)));
        Assert.Equal([vector], Shapes(Program.Trace((x, y, c) => Solve.SparseGroupLasso([0, 0, 1, 1], x, y, c, c), new Shape(6, 4), new Shape(6), Shape.Scalar)));
        Assert.Equal([new Shape(4, 4)], Shapes(Program.Trace(
            (cost, a, e) => Solve.Transport(cost, a, a, e).Plan, new Shape(4, 4), vector, Shape.Scalar)));
        Assert.Equal([Shape.Scalar], Shapes(Program.Trace((e, m) => Solve.RootBetween(Samples.Kepler(), -10, 10, e, m), Shape.Scalar, Shape.Scalar)));
    }

    private static IEnumerable<Shape> Shapes(Program program) => program.Outputs.Select(o => program.Types[o.Value].Shape);
}
