using Nonsmooth.Selections;

namespace Nonsmooth.Solutions;

/// <summary>The derivative of a solution over ranges by the system of its active rows, which may be dependent.</summary>
internal sealed class RangedDerivative : SolutionDerivative
{
    private const double _weak = 1e-9;
    private readonly RangedProgram _program;
    private readonly Solution _solution;
    private readonly int[] _chosen;
    private readonly Lazy<ActiveSystem> _system;

    public RangedDerivative(RangedProgram program, Solution solution, ActivityRule weak)
    {
        (_program, _solution) = (program, solution);
        _chosen = Where(s => s is 1 or -1 or 3 || (s != 0 && weak == ActivityRule.Active));
        _system = new(() => new(program, _chosen));
    }

    public override double Condition => _system.Value.Condition;

    public override bool HasUniqueMultipliers => _system.Value.DependentRows is null;

    public override IReadOnlyList<Margin> Margins
    {
        get
        {
            var (_, slacks, forces) = RangedActivity.Of(_program, X, Y);
            return [.. _solution.State.Select((s, i) => new Margin(i, Math.Max(slacks[i], s == 3 ? 1 : forces[i]), s != 0, s is 2 or -2))];
        }
    }

    public override Invertibility Invertibility
    {
        get
        {
            var all = new ActiveSystem(_program, Where(s => s != 0));
            var strong = new ActiveSystem(_program, Where(s => s is 1 or -1 or 3));
            return !_solution.IsVerified ? Invertibility.Unknown
                : all.DependentRows is null && strong.FreeDirection is null ? Invertibility.AllElements
                : _system.Value.FreeDirection is not null ? Invertibility.Fails
                : HasUniqueMultipliers ? Invertibility.ChosenOnly
                : Invertibility.Unknown;
        }
    }

    private double[] X => _solution.Values[0];

    private double[] Y => _solution.Values[1];

    /// <summary>A point as a solution: which rows are at a bound, and which push.</summary>
    public static Solution Placed(RangedProgram program, RangedPoint point)
    {
        var (rows, slacks, forces) = RangedActivity.Of(program, point.X, point.Y);
        double weak = Math.Max(_weak, 100 * point.Error);
        long[] state = new long[program.Rows];
        for (int i = 0; i < state.Length; i++)
        {
            long side = rows[i] - program.Lower[i] < program.Upper[i] - rows[i] ? -1 : 1;
            state[i] = program.Lower[i] == program.Upper[i] ? 3
                : Math.Max(slacks[i], forces[i]) <= weak ? 2 * side
                : forces[i] > slacks[i] ? Math.Sign(point.Y[i])
                : 0;
        }

        return new([point.X, point.Y], state) { Residual = point.Error, Iterations = point.Iterations, IsVerified = point.Error <= 1e-12 };
    }

    public override IReadOnlyList<double[]> Tangent(IReadOnlyList<double[]> tangents)
    {
        var (dual, primal) = Right(tangents);
        var (x, y) = _system.Value.Solve([.. dual.Select(d => -d)], [.. _chosen.Select(i => primal[i])]);
        return [x, Spread(y)];
    }

    public override IReadOnlyList<double[]> Cotangent(IReadOnlyList<double[]> cotangents)
    {
        var (u, part) = _system.Value.Solve(cotangents[0], [.. _chosen.Select(i => cotangents[1][i])]);
        double[] v = Spread(part);
        double[] quadratic = new double[_program.Q.Count];
        double[] constraints = new double[_program.A.Count];
        for (int j = 0; j < _program.Unknowns; j++)
        {
            for (int k = _program.Q.Starts[j]; k < _program.Q.Starts[j + 1]; k++)
            {
                int i = _program.Q.Indices[k];
                quadratic[k] = i == j ? -u[i] * X[i] : -(u[i] * X[j]) - (u[j] * X[i]);
            }

            for (int k = _program.A.Starts[j]; k < _program.A.Starts[j + 1]; k++)
            {
                int i = _program.A.Indices[k];
                constraints[k] = _solution.State[i] == 0 ? 0 : -(Y[i] * u[j]) - (v[i] * X[j]);
            }
        }

        return [quadratic, [.. u.Select(x => -x)], constraints, [.. v.Select((x, i) => x * (1 - Upper(i)))], [.. v.Select((x, i) => x * Upper(i))]];
    }

    public override IReadOnlyList<double[]> Directional(IReadOnlyList<double[]> direction)
    {
        int[] all = Where(s => s != 0);
        if (all.Length == Where(s => s is 1 or -1 or 3).Length)
        {
            return Tangent(direction);
        }

        var (dual, primal) = Right(direction);
        var critical = new RangedProgram(
            _program.Q, dual, _program.A.Chosen(all),
            [.. all.Select(i => _solution.State[i] == 2 ? double.NegativeInfinity : primal[i])],
            [.. all.Select(i => _solution.State[i] == -2 ? double.PositiveInfinity : primal[i])]);
        var point = RangedSolver.Solve(critical, 1e-11);
        double[] moved = new double[_program.Rows];
        for (int i = 0; i < all.Length; i++)
        {
            moved[all[i]] = point.Y[i];
        }

        return [point.X, moved];
    }

    // How much of a row's movement is its upper bound's.
    private double Upper(int i) => _solution.State[i] switch
    {
        1 or 2 => 1,
        -1 or -2 or 0 => 0,
        _ => Y[i] > 0 ? 1 : Y[i] < 0 ? 0 : 0.5,
    };

    // How the conditions change when the parameters move and the solution does not.
    private (double[] Dual, double[] Primal) Right(IReadOnlyList<double[]> tangents)
    {
        double[] active = [.. Y.Select((v, i) => _solution.State[i] == 0 ? 0 : v)];
        double[] dual = (double[])tangents[1].Clone();
        (_program with { Q = _program.Q with { Values = tangents[0] } }).AddQuadratic(X, dual);
        var constraints = _program.A with { Values = tangents[2] };
        constraints.AddTransposed(active, dual);
        double[] primal = [.. tangents[3].Select((l, i) => _solution.State[i] == 0 ? 0 : Upper(i) switch { 0 => l, 1 => tangents[4][i], var share => ((1 - share) * l) + (share * tangents[4][i]) })];
        constraints.Add(X, primal, -1);
        return (dual, primal);
    }

    private double[] Spread(double[] part)
    {
        double[] all = new double[_program.Rows];
        for (int i = 0; i < _chosen.Length; i++)
        {
            all[_chosen[i]] = part[i];
        }

        return all;
    }

    private int[] Where(Predicate<long> state) => [.. Enumerable.Range(0, _program.Rows).Where(i => state(_solution.State[i]))];
}
