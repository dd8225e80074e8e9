namespace Nonsmooth.Tests.Answers;

/// <summary>A nonsmooth function with a known minimiser.</summary>
/// <param name="Name">Its name in the literature.</param>
/// <param name="Function">The function.</param>
/// <param name="Minimiser">Its minimiser, rounded to doubles.</param>
/// <param name="Value">Its minimum.</param>
/// <param name="IsExact">Whether the minimiser is one of doubles, at which the program's numbers tie.</param>
/// <remarks>
/// Sources: L. Lukšan and J. Vlček, <i>Test problems for nonsmooth unconstrained and linearly constrained optimization</i> (2000); M. Haarala, K. Miettinen
/// and M. M. Mäkelä, <i>New limited memory bundle method for large-scale nonsmooth optimization</i> (2004); M. Gürbüzbalaban and
/// M. L. Overton, <i>On Nesterov's nonsmooth Chebyshev–Rosenbrock functions</i> (2012).
/// </remarks>
internal sealed record TestProblem(string Name, Func<Variable, Variable> Function, double[] Minimiser, double Value, bool IsExact = true)
{
    // Solved to 50 digits: the sum is convex, its terms are smoothed by less and less.
    private static readonly (double[] Minimiser, double Value)[] _mifflin =
    [
        ([0.8446258638466505, 0.5353570305144963, 0.8446258638466505, 0], -2.2962605457381224),
        ([0.8152197441263151, 0.5791517666265255, 0.7362307803325867, 0.6767305505818918, 0.7362307803325867, 0.6767305505818918, 0.7362307803325867, 0.6767305505818918, 0.7362307803325867, 0], -6.5146142106776415),
    ];

    public Program Program => Program.Trace(Function, new Shape(Minimiser.Length));

    public override string ToString() => $"{Name}, n = {Minimiser.Length}";

    /// <summary>One row a function, with the number of variables where that is free.</summary>
    public static IEnumerable<TestProblem> All(int small, int middle, int large)
    {
        double root = Math.Sqrt(0.5);
        yield return new("CB2", x => Cb(At(x, 0), At(x, 1), 2, 4), [1.1390376519926626, 0.8995599383953928], 1.952224493870659, false);
        yield return new("CB3", x => Cb(At(x, 0), At(x, 1), 4, 2), [1, 1], 2);
        yield return new("DEM", x => Most((5 * At(x, 0)) + At(x, 1), (-5 * At(x, 0)) + At(x, 1), Square(At(x, 0)) + Square(At(x, 1)) + (4 * At(x, 1))), [0, -3], -3);
        yield return new("QL", x => Ql(At(x, 0), At(x, 1)), [1.2, 2.4], 7.2, false);
        yield return new("LQ", x => Lq(At(x, 0), At(x, 1)), [root, root], -Math.Sqrt(2), false);
        yield return new("Mifflin 1", x => (20 * Relu(Square(At(x, 0)) + Square(At(x, 1)) - 1)) - At(x, 0), [1, 0], -1);
        yield return new("Mifflin 2", x => Mifflin2(At(x, 0), At(x, 1)), [1, 0], -1);
        yield return new("Crescent", x => Maximum(Inner(At(x, 0), At(x, 1)), Outer(At(x, 0), At(x, 1))), [0, 0], 0);
        yield return new("Rosen-Suzuki", RosenSuzuki, [0, 1, 2, -1], -44);
        yield return new("MXHILB", x => Most([.. Enumerable.Range(0, small).Select(i => Abs(Enumerable.Range(0, small).Select(j => Scale(At(x, j), 1.0 / (i + j + 1))).Aggregate(Add)))]), new double[small], 0);
        yield return new("Chebyshev-Rosenbrock 1", x => Chebyshev(x, 0.25 * Square(At(x, 0) - 1), Square), Ones(small), 0);
        yield return new("Chebyshev-Rosenbrock 2", x => Chebyshev(x, 0.25 * Abs(At(x, 0) - 1), Abs), Ones(small), 0);
        yield return new("MAXQ", x => Square(x).Max(), new double[large], 0);
        yield return new("active faces", x => Maximum(Log(Abs(x.Sum()) + 1), Log(Abs(x) + 1).Max()), new double[middle], 0);
        yield return new("chained LQ", x => Lq(Head(x), Tail(x)).Sum(), [.. Enumerable.Repeat(root, middle)], -(middle - 1) * Math.Sqrt(2), false);
        yield return new("chained CB3 I", x => Cb(Head(x), Tail(x), 4, 2).Sum(), Ones(middle), 2 * (middle - 1));
        yield return new("chained CB3 II", x => Most([.. CbPieces(Head(x), Tail(x), 4, 2).Select(p => p.Sum())]), Ones(middle), 2 * (middle - 1));
        yield return new("chained crescent I", x => Maximum(Inner(Head(x), Tail(x)).Sum(), Outer(Head(x), Tail(x)).Sum()), new double[middle], 0);
        yield return new("chained crescent II", x => Maximum(Inner(Head(x), Tail(x)), Outer(Head(x), Tail(x))).Sum(), new double[middle], 0);
        foreach (var (minimiser, value) in _mifflin)
        {
            yield return new("chained Mifflin 2", x => Mifflin2(Head(x), Tail(x)).Sum(), minimiser, value, false);
        }
    }

    private static double[] Ones(int n) => [.. Enumerable.Repeat(1.0, n)];

    private static Variable At(Variable x, int i) => x.Slice(0, i, i + 1).Reshape(Shape.Scalar);

    private static Variable Head(Variable x) => x.Slice(0, 0, x.Shape[0] - 1);

    private static Variable Tail(Variable x) => x.Slice(0, 1, x.Shape[0]);

    private static Variable Most(params Variable[] pieces) => pieces.Aggregate(Maximum);

    private static Variable Power(Variable x, int power) => power == 4 ? Square(Square(x)) : Square(x);

    private static Variable[] CbPieces(Variable x, Variable y, int first, int second) =>
        [Power(x, first) + Power(y, second), Square(2 - x) + Square(2 - y), 2 * Exp(y - x)];

    private static Variable Cb(Variable x, Variable y, int first, int second) => Most(CbPieces(x, y, first, second));

    private static Variable Ql(Variable x, Variable y)
    {
        var f = Square(x) + Square(y);
        return Most(f, f + (10 * (4 - (4 * x) - y)), f + (10 * (6 - x - (2 * y))));
    }

    private static Variable Lq(Variable x, Variable y) => Maximum(Negate(x) - y, (Square(x) + Square(y) - 1) - x - y);

    private static Variable Mifflin2(Variable x, Variable y)
    {
        var circle = Square(x) + Square(y) - 1;
        return (2 * circle) + (1.75 * Abs(circle)) - x;
    }

    private static Variable Inner(Variable x, Variable y) => Square(x) + Square(y - 1) + y - 1;

    private static Variable Outer(Variable x, Variable y) => y + 1 - Square(x) - Square(y - 1);

    private static Variable Chebyshev(Variable x, Variable first, Func<Variable, Variable> bend) => bend(Head(x)) is var bent
        ? first + Abs(Tail(x) - ((bent * 2) - 1)).Sum()
        : first;

    private static Variable RosenSuzuki(Variable v)
    {
        var (x, y, z, w) = (At(v, 0), At(v, 1), At(v, 2), At(v, 3));
        var (xx, yy, zz, ww) = (Square(x), Square(y), Square(z), Square(w));
        var f = xx + yy + (2 * zz) + ww - (5 * x) - (5 * y) - (21 * z) + (7 * w);
        return Most(
            f,
            f + (10 * (xx + yy + zz + ww + x - y + z - w - 8)),
            f + (10 * (xx + (2 * yy) + zz + (2 * ww) - x - w - 10)),
            f + (10 * ((2 * xx) + yy + zz + (2 * x) - y - w - 5)));
    }
}
