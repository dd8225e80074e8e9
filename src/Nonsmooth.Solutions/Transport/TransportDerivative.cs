namespace Nonsmooth.Solutions;

/// <summary>The derivative of entropic transport by the system of its marginals; smooth everywhere.</summary>
internal sealed class TransportDerivative : SolutionDerivative
{
    private readonly Problem _problem;
    private readonly int _n;
    private readonly int _m;
    private readonly double _epsilon;
    private readonly double[] _plan;
    private readonly double[] _exponents;
    private readonly Lazy<LinearSystem> _system;

    public TransportDerivative(Problem problem, Solution solution)
    {
        (_problem, _n, _m, _epsilon, _plan) = (problem, problem.Shapes[0][0], problem.Shapes[0][1], problem.Number(3), solution.Values[0]);
        var (f, g) = (solution.Values[1], solution.Values[2]);
        _exponents = [.. problem.Values[0].Select((c, e) => (f[e / _m] + g[e % _m] - c) / _epsilon)];
        _system = new(() => Sinkhorn.System(_plan, _n, _m));
    }

    public override IReadOnlyList<Margin> Margins => [];

    public override double Condition => _system.Value.Condition;

    public override Invertibility Invertibility => _system.Value.IsSingular ? Invertibility.Fails : Invertibility.AllElements;

    // With the logarithm's own tangent k at fixed potentials, P∘(df + dg)/ε has the marginals' tangents less those of P∘k.
    public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents)
    {
        double[] own = [.. tangents[0].Select((c, e) => -(c + (_exponents[e] * tangents[3][0])) / _epsilon)];
        double[] flow = [.. own.Zip(_plan, (k, p) => k * p)];
        var (rows, columns) = Sums(flow);
        double[] db = ScaledTangent(tangents[1], tangents[2]);
        double[] moved = _system.Value.Solve(
            [.. tangents[1].Zip(rows, (a, r) => _epsilon * (a - r)), .. db.Take(_m - 1).Zip(columns, (b, c) => _epsilon * (b - c))]);
        double[] g = [.. moved[_n..], 0];
        return [[.. _plan.Select((p, e) => flow[e] + (p * (moved[e / _m] + g[e % _m]) / _epsilon))], moved[.._n], g];
    }

    public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents)
    {
        double[] weighted = [.. cotangents[0].Zip(_plan, (c, p) => c * p)];
        var (rows, columns) = Sums(weighted);
        double[] u = _system.Value.Solve(
            [.. cotangents[1].Zip(rows, (f, r) => (_epsilon * f) + r), .. cotangents[2].Take(_m - 1).Zip(columns, (g, c) => (_epsilon * g) + c)]);
        double[] v = [.. u[_n..], 0];
        double[] cost = [.. weighted.Select((w, e) => -(w - (_plan[e] * (u[e / _m] + v[e % _m]))) / _epsilon)];
        double mass = _problem.Values[1].Sum() / _problem.Values[2].Sum();

        // b enters scaled to a's mass: b·Σa/Σb.
        double along = v.Zip(_problem.Values[2], (x, b) => x * b).Sum() / _problem.Values[2].Sum();
        return
        [
            cost,
            [.. u[.._n].Select(x => x + along)],
            Array.ConvertAll(v, x => mass * (x - along)),
            [cost.Zip(_exponents, (c, e) => c * e).Sum()],
        ];
    }

    private double[] ScaledTangent(double[] da, double[] db)
    {
        var (a, b) = (_problem.Values[1].Sum(), _problem.Values[2].Sum());
        double change = (da.Sum() / b) - (a * db.Sum() / (b * b));
        return [.. db.Zip(_problem.Values[2], (d, v) => (d * a / b) + (v * change))];
    }

    private (double[] Rows, double[] Columns) Sums(double[] numbers)
    {
        var matrix = Dense.RowMajor(_n, _m, numbers);
        return (matrix.RowSums().ToArray(), matrix.ColumnSums().ToArray());
    }
}
