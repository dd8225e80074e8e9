using Nonsmooth.Dictionary;

namespace Nonsmooth.Solutions.Tests.Projections;

public sealed class PolytopeTests
{
    private static readonly double[] _z = [0.9, 0.2, -0.3, 0.1, 0.7, 0.4, -0.5, 0.6, 1.1];

    [Fact]
    public void ADoublyStochasticMatrixIsItsOwnProjection()
    {
        double[] x = [0.5, 0.3, 0.2, 0.2, 0.5, 0.3, 0.3, 0.2, 0.5];
        Assert.Equal(x, Value(Program.Trace(z => Solve.Birkhoff(z), new Shape(3, 3)), x), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    // z − x is u ⊕ v less what the zeros hold back: its double differences over entries that are not 0 vanish.
    [Fact]
    public void TheProjectionIsDoublyStochasticAndNearest()
    {
        double[] x = Value(Program.Trace(z => Solve.Birkhoff(z), new Shape(3, 3)), _z);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(1, x[3 * i] + x[(3 * i) + 1] + x[(3 * i) + 2], 1e-9);
            Assert.Equal(1, x[i] + x[i + 3] + x[i + 6], 1e-9);
        }

        Assert.All(x, v => Assert.True(v >= -1e-12));
        int[][] permutations = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        double at = x.Select((v, e) => (_z[e] - v) * v).Sum();
        Assert.All(permutations, p => Assert.True(p.Select((j, i) => _z[(3 * i) + j] - x[(3 * i) + j]).Sum() <= at + 1e-9));
    }

    [Fact]
    public void TransportPlansKeepTheirMassesAndDifferentiate()
    {
        var program = Program.Trace(
            (z, a, b) => (Solve.TransportPolytope(z, a, b) * z.Builder.Constant(Tensor.Generate(new Shape(2, 3), e => 1.0 + (e * e)))).Sum(),
            new Shape(2, 3), new Shape(2), new Shape(3));
        double[] z = [0.5, 0.1, 0.4, 0.3, 0.6, 0.2];
        double[] a = [1.2, 0.8];
        double[] b = [0.7, 0.6, 0.7];
        var gradient = Run(program.Backprop("z"), z, a, b);
        double[] slopes = ((Tensor<double>)gradient[1]).Elements;
        for (int e = 0; e < z.Length; e++)
        {
            double Moved(double step) => ((Tensor<double>)Run(program, [.. z.Select((v, j) => j == e ? v + step : v)], a, b)[0])[0];
            Assert.Equal((Moved(1e-5) - Moved(-1e-5)) / 2e-5, slopes[e], 1e-6);
        }

        Assert.Throws<InfeasibleProblemException>(() => Run(program, z, a, [0.7, 0.6, 0.9]));
    }

    [Fact]
    public void APolyhedronsProjectionIsThatOfItsPieces()
    {
        var program = Program.Trace(
            [("z", new Shape(2)), ("g", new Shape(1, 2)), ("h", new Shape(1)), ("a", new Shape(0, 2)), ("b", new Shape(0))],
            v => [("x", Solve.Polyhedron(v[0], v[1], v[2], v[3], v[4]))]);
        double[][] inputs = [[2, 1], [1, 1], [1], [], []];
        Assert.Equal([1, 0], ((Tensor<double>)Interpreter.Run<Float64>(program, inputs)[0]).Elements, (x, y) => Math.Abs(x - y) < 1e-9);
    }

    private static IReadOnlyList<Tensor> Run(Program program, params double[][] inputs) => Interpreter.Run<Float64>(program, inputs);

    private static double[] Value(Program program, double[] z) => ((Tensor<double>)Interpreter.Run<Float64>(program, [z])[0]).Elements;
}
