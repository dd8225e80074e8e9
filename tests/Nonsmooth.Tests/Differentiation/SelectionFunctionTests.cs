namespace Nonsmooth.Tests.Differentiation;

/// <summary>
/// Continuous functions written with select and comparisons: the derivative of the branch taken obeys the chain rule along
/// curves, those inside the border of two branches included. Where the function jumps it does not.
/// </summary>
public sealed class SelectionFunctionTests
{
    private static readonly double[][] _loop = [[0, 0], [2, 2], [3, 1], [1, 1], [-1, -1], [-2, 1], [-3, -3], [0, 0]];

    public static TheoryData<string> Continuous => ["product and square", "its border the other way", "where equal", "maximum", "three branches"];

    // Three of the seven segments run inside x = y, where another branch is taken than around it or one of two that meet.
    [Theory]
    [MemberData(nameof(Continuous))]
    public void TheChainRuleHoldsAlongLoopsThatRunInsideTheBorder(string name)
    {
        var gradient = Named(name).Backprop(new BackpropOptions { KeepValues = false });
        Assert.Equal(0, Integral(gradient, _loop), 9);
    }

    [Fact]
    public void WhereTheFunctionJumpsItFails()
    {
        // 1 above the diagonal and 0 below: every slope is 0, and a loop through the jump sees nothing of it.
        var jump = Program.Trace((x, y) => Where(Greater(x, y), x + 1, x), Shape.Scalar, Shape.Scalar);
        double[][] up = [[0, 1], [1, 0]];
        double value = Value(jump, up[1]) - Value(jump, up[0]);
        Assert.Equal(2, value);
        Assert.Equal(1, Integral(jump.Backprop(new BackpropOptions { KeepValues = false }), up), 9);
    }

    [Fact]
    public void WhereABranchIsNotSmoothItFails()
    {
        // The function is max(x, 0)^1.5 and differentiable; the branch that is not taken has the slope ∞ at 0.
        var program = Program.Trace(x => Where(Greater(x, 0), x * Sqrt(x), 0), Shape.Scalar);
        Assert.True(double.IsNaN(((Tensor<double>)Interpreter.Run<Float64>(program.Backprop("x"), new double[1])[1])[0]));
    }

    private static Program Named(string name) => name switch
    {
        "product and square" => Program.Trace((x, y) => Where(Greater(x, y), x * y, y * y), Shape.Scalar, Shape.Scalar),
        "its border the other way" => Program.Trace((x, y) => Where(GreaterEqual(x, y), x * y, y * y), Shape.Scalar, Shape.Scalar),
        "where equal" => Program.Trace((x, y) => Where(Equal(x, y), 2 * (x * x), (x * x) + (y * y)), Shape.Scalar, Shape.Scalar),
        "maximum" => Program.Trace((x, y) => Where(Greater(x, y), x, y) * (x + y), Shape.Scalar, Shape.Scalar),
        _ => Program.Trace(
            (x, y) => Where(Greater(x, y), x - y, Where(Equal(x, y), 3 * (x - y), y - x)) * x, Shape.Scalar, Shape.Scalar),
    };

    // Gauss's three nodes are exact for the quadratic integrands here, between the crossings of x = y.
    private static double Integral(Program gradient, double[][] path)
    {
        double sum = 0;
        foreach (var (a, b) in path.Zip(path.Skip(1)))
        {
            double[] v = [b[0] - a[0], b[1] - a[1]];
            var (from, to) = (a[0] - a[1], b[0] - b[1]);
            double[] ends = from * to < 0 ? [0, from / (from - to), 1] : [0, 1];
            foreach (var (s, t) in ends.Zip(ends.Skip(1)))
            {
                foreach (var (node, weight) in new[] { (-Math.Sqrt(0.6), 5.0 / 18), (0, 8.0 / 18), (Math.Sqrt(0.6), 5.0 / 18) })
                {
                    double at = s + ((t - s) * (1 + node) / 2);
                    double x = a[0] + (at * v[0]);
                    double y = from == 0 && to == 0 ? x : a[1] + (at * v[1]);
                    var g = Interpreter.Run<Float64>(gradient, new[] { x }, new[] { y });
                    sum += (t - s) * weight * ((((Tensor<double>)g[0])[0] * v[0]) + (((Tensor<double>)g[1])[0] * v[1]));
                }
            }
        }

        return sum;
    }

    private static double Value(Program program, double[] at) => ((Tensor<double>)Interpreter.Run<Float64>(program, new[] { at[0] }, new[] { at[1] })[0])[0];
}
