using Nonsmooth.Dictionary;

namespace Nonsmooth.Solutions.Tests.Recorded;

/// <summary>Recorded problems that are written with maps: programs in standard form, roots of stationarity, soft orders.</summary>
public sealed class RecordedProgramsTests
{
    private static readonly Dictionary<string, Func<RecordedSolution, Func<string, Variable>, Variable>> _formulas = new()
    {
        ["quantile"] = (_, of) => Quantile(of("X"), of("y"), of("tau")),
        ["ot_lp"] = (_, of) => Transport(of("C"), of("a"), of("b")),
        ["svm_dual"] = (p, of) => Dual(p.Constants["y"].Elements, of("K"), of("C")),
        ["group_lasso"] = (_, of) => Solve.SparseGroupLasso(
            [0, 0, 0, 1, 1, 1, 2, 2, 2], of("X"), of("y"), of("lam").Builder.Apply(new Fill(Shape.Scalar, 0)), of("lam") * (1 / Math.Sqrt(3))),
        ["soft_rank"] = (_, of) => Solve.SoftRank(-of("t"), of("eps")),
        ["soft_sort"] = (_, of) => -Solve.SoftSort(-of("t"), of("eps")),
        ["deq_relu"] = (p, of) => Equilibrium(p.Cotangent.Shape, of("W"), Times(of("U"), of("u")) + of("b")),
        ["argmin_rosen"] = (_, of) => Stationary(t => x => Rosenbrock(t[0], x), [0.9, 0.8], of("t")),
        ["lse_ridge"] = (p, of) => Stationary(
            t => x => (Times(t[0], x) + t[1]).LogSumExp() + (0.5 * t[2] * Functions.Square(x).Sum()), new double[p.Cotangent.Shape[0]], of("A"), of("b"), of("rho")),
        ["minimax"] = (_, of) => Saddle(of("P"), of("A"), of("S"), of("p"), of("r")),
        ["rk_gauss2"] = (_, of) => GaussStep(of("y0"), of("h"), of("g")),
    };

    [Fact]
    public void EveryRecordedGradientIsGiven() => Assert.Equal(15, RecordedJudge.All(_formulas, Error));

    // Masses move together only: of a and b gradients count up to a constant, and the representative has equal sums.
    private static double? Error(RecordedSolution problem, IReadOnlyDictionary<string, double[]> gradient)
    {
        if (problem.Template != "ot_lp")
        {
            return null;
        }

        var (a, b) = (gradient["a"], gradient["b"]);
        double shift = (b.Sum() - a.Sum()) / (a.Length + b.Length);
        var moved = new Dictionary<string, double[]>(gradient) { ["a"] = [.. a.Select(x => x + shift)], ["b"] = [.. b.Select(x => x - shift)] };
        return RecordedSolution.Error(moved, problem.Gradient);
    }

    private static Variable Times(Variable matrix, Variable vector) => SolutionPiece.Times(matrix, vector);

    private static Variable Constant(Variable like, Tensor<double> value) => like.Builder.Constant(value);

    private static Variable Diagonal(Variable like, int size, double value) =>
        Constant(like, Tensor.Generate(new Shape(size, size), e => e / size == e % size ? value : 0.0));

    private static Variable Filled(Variable like, double value, params ReadOnlySpan<int> shape) => like.Builder.Apply(new Fill(new Shape(shape), value));

    // Over [x, r⁺, r⁻] with Xx + r⁺ − r⁻ = y.
    private static Variable Quantile(Variable x, Variable y, Variable tau)
    {
        var (n, p) = (x.Shape[0], x.Shape[1]);
        int size = p + (2 * n);
        var costs = Functions.Concatenate(0, Filled(x, 0, p), Broadcasting.To(tau, new Shape(n)), Broadcasting.To(1 - tau, new Shape(n)));
        var g = Constant(x, Tensor.Generate(new Shape(2 * n, size), e => (e % size) - p == e / size ? -1.0 : 0));
        var a = Functions.Concatenate(1, x, Diagonal(x, n, 1), Diagonal(x, n, -1));
        return Solve.QuadraticProgram(Filled(x, 0, size, size), costs, g, Filled(x, 0, 2 * n), a, y).Z.Slice(0, 0, p);
    }

    private static Variable Transport(Variable cost, Variable a, Variable b)
    {
        var (n, m) = (cost.Shape[0], cost.Shape[1]);
        int size = n * m;
        var sums = Constant(cost, Tensor.Generate(
            new Shape(n + m, size), e => e / size < n ? (e % size / m == e / size ? 1.0 : 0) : e % size % m == (e / size) - n ? 1 : 0));
        return Solve.QuadraticProgram(
            Filled(cost, 0, size, size), cost.Reshape(new Shape(size)), Diagonal(cost, size, -1), Filled(cost, 0, size), sums, Functions.Concatenate(0, a, b)).Z;
    }

    private static Variable Dual(double[] labels, Variable kernel, Variable limit)
    {
        int n = labels.Length;
        var signs = Constant(kernel, Tensor.Generate(new Shape(n, n), e => labels[e / n] * labels[e % n]));
        var bounds = Functions.Concatenate(0, Filled(kernel, 0, n), Broadcasting.To(limit, new Shape(n)));
        var sides = Functions.Concatenate(0, Diagonal(kernel, n, -1), Diagonal(kernel, n, 1));
        return Solve.QuadraticProgram(
            kernel * signs, Filled(kernel, -1, n), sides, bounds, Constant(kernel, Tensor.Of(new Shape(1, n), labels)), Filled(kernel, 0, 1)).Z;
    }

    private static Variable Equilibrium(Shape shape, Variable w, Variable u)
    {
        var step = Program.Trace((w, u, x) => Functions.Relu(Times(w, x) + u), w.Shape, shape, shape);
        return Solve.FixedPoint(step, w, u);
    }

    // Where the gradient of an objective vanishes.
    private static Variable Stationary(Func<Variable[], Func<Variable, Variable>> objective, double[] start, params Variable[] parameters)
    {
        var builder = new ProgramBuilder();
        var inputs = parameters.Select((p, i) => builder.Input($"t{i}", p.Shape)).ToArray();
        var x = builder.Input("x", new Shape(start.Length));
        var gradient = builder.Build([("f", objective(inputs)(x))]).Backprop(new BackpropOptions { WithRespectTo = ["x"], KeepValues = false });
        return parameters[0].Builder.ApplyAll(new Implicit(gradient) { Start = start }, parameters)[0];
    }

    private static Variable Rosenbrock(Variable t, Variable x)
    {
        Variable At(Variable of, int i) => of.Slice(0, i, i + 1).Sum();
        var (a, b) = (At(x, 0), At(x, 1));
        return Functions.Square(At(t, 0) - a) + (At(t, 1) * Functions.Square(b - (a * a))) + (At(t, 2) * a * b) + (0.1 * a * a * a * a);
    }

    private static Variable Saddle(params Variable[] parameters)
    {
        int n = parameters[3].Shape[0];
        int m = parameters[4].Shape[0];
        var builder = new ProgramBuilder();
        var t = parameters.Select((p, i) => builder.Input($"t{i}", p.Shape)).ToArray();
        var z = builder.Input("x", new Shape(n + m));
        var (x, y) = (z.Slice(0, 0, n), z.Slice(0, n, n + m));
        Variable Symmetric(Variable s) => (s + s.Transpose()) * 0.5;
        var first = Times(Symmetric(t[0]), x) + Times(t[1], y) + t[3] + (0.4 * x * x * x);
        var second = SolutionPiece.Times(t[1], x, true) - Times(Symmetric(t[2]), y) + t[4];
        var residual = builder.Build([("F", Functions.Concatenate(0, first, second))]);
        return parameters[0].Builder.ApplyAll(new Implicit(residual), parameters)[0];
    }

    // Of the pendulum, over the slopes of both stages.
    private static Variable GaussStep(Variable y0, Variable h, Variable g)
    {
        double third = Math.Sqrt(3) / 6;
        var builder = new ProgramBuilder();
        var (start, step, pull) = (builder.Input("y0", new Shape(2)), builder.Input("h", Shape.Scalar), builder.Input("g", Shape.Scalar));
        var k = builder.Input("x", new Shape(4));
        var (first, second) = (k.Slice(0, 0, 2), k.Slice(0, 2, 4));
        Variable Slope(Variable y) => Functions.Concatenate(0, y.Slice(0, 1, 2), -(pull * Functions.Sin(y.Slice(0, 0, 1))));
        var residual = builder.Build([("F", Functions.Concatenate(
            0,
            first - Slope(start + (step * ((0.25 * first) + ((0.25 - third) * second)))),
            second - Slope(start + (step * (((0.25 + third) * first) + (0.25 * second))))))]);
        var slopes = y0.Builder.ApplyAll(new Implicit(residual), y0, h, g)[0];
        return y0 + (0.5 * h * (slopes.Slice(0, 0, 2) + slopes.Slice(0, 2, 4)));
    }
}
