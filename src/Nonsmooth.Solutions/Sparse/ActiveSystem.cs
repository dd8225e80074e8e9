using Nonsmooth.Randomness;

namespace Nonsmooth.Solutions;

/// <summary>The system [Q, Aᵀ; A, 0] of some rows taken as equalities, in scaled units; of any rank.</summary>
/// <remarks>Factored with a small ridge and refined without it, which finds the solution nearest to 0 of a consistent singular system. A direction that the system does not determine is found by inverse
/// iteration and checked against Q and A themselves.</remarks>
internal sealed class ActiveSystem
{
    private const double _ridge = 1e-6;
    private const double _null = 1e-9;
    private const double _solved = 1e-7;
    private const double _exact = 1e-10;
    private static readonly double[] _smaller = [1e-9, 1e-12];
    private readonly RangedScale _scale;
    private readonly RangedSystem _system;
    private readonly double[] _below;
    private readonly Lazy<(double[]? Free, double[]? Rows, double Condition)> _rank;

    public ActiveSystem(RangedProgram program, IReadOnlyList<int> rows)
    {
        double[] zeros = new double[rows.Count];
        _scale = RangedScale.Of(new(program.Q, new double[program.Unknowns], program.A.Chosen(rows), zeros, zeros));
        _system = new(_scale.Program);
        _below = new double[rows.Count];
        Array.Fill(_below, _ridge);
        _system.Factor(_ridge, _below);
        _rank = new(Rank);
    }

    /// <summary>A direction in the unknowns along which Q and all rows are 0: the solution is not unique. Null where none was found.</summary>
    public double[]? FreeDirection => _rank.Value.Free;

    /// <summary>A combination of rows that is 0: multipliers are not unique. Null where none was found.</summary>
    public double[]? DependentRows => _rank.Value.Rows;

    /// <summary>An estimate of the scaled system's condition in the largest norm; ∞ where it is singular.</summary>
    public double Condition => FreeDirection is null && DependentRows is null ? _rank.Value.Condition : double.PositiveInfinity;

    /// <summary>The solution of the system.</summary>
    /// <exception cref="SingularSolutionException">The unknowns are not determined, or there is no solution.</exception>
    public (double[] X, double[] Y) Solve(double[] dual, double[] primal)
    {
        if (FreeDirection is { } free)
        {
            int at = Array.FindIndex(free, d => Math.Abs(d) == free.Max(Math.Abs));
            throw new SingularSolutionException($"the solution is not unique: the objective and all active rows stay the same along a direction, which moves unknown {at} the most; add to Q, or constrain it", 0);
        }

        var (x, y) = (new double[dual.Length], new double[primal.Length]);
        double[] right = [.. dual.Select((v, j) => v * _scale.Unknown[j] * _scale.Objective)];
        double[] sides = [.. primal.Select((v, i) => v * _scale.Row[i])];
        double left = _system.Exactly(right, sides, x, y);
        foreach (double ridge in _smaller)
        {
            if (left <= _exact)
            {
                break;
            }

            var (otherX, otherY) = (new double[dual.Length], new double[primal.Length]);
            Array.Fill(_below, ridge);
            _system.Factor(ridge, _below);
            double other = _system.Exactly(right, sides, otherX, otherY);
            (x, y, left) = other < left ? (otherX, otherY, other) : (x, y, left);
        }

        return left <= _solved ? _scale.Given(x, y) : throw new SingularSolutionException(
            FormattableString.Invariant($"the active rows' system has no solution, {left:G2} of its right side is left: rows are dependent, and the parameters move them apart"), left);
    }

    private (double[]? Free, double[]? Rows, double Condition) Rank()
    {
        var program = _scale.Program;
        var random = new CounterRandom(7, 0);
        double[] x = [.. Enumerable.Range(0, program.Unknowns).Select(j => 0.5 + random.Uniform((ulong)j))];
        double[] y = [.. Enumerable.Range(0, program.Rows).Select(i => 0.5 + random.Uniform((ulong)(program.Unknowns + i)))];
        double[] free = Unit(Inverse(x, new double[y.Length]).X);
        double[] rows = Unit(Inverse(new double[x.Length], y).Y);
        double growth = 1;
        for (int pass = 0; pass < 2; pass++)
        {
            var (nextX, nextY) = (Inverse(free, new double[y.Length]).X, Inverse(new double[x.Length], rows).Y);
            growth = Math.Max(growth, Math.Max(Dense.Largest(nextX), Dense.Largest(nextY)));
            (free, rows) = (Unit(nextX), Unit(nextY));
        }

        var (curved, active, pulled) = (new double[x.Length], new double[y.Length], new double[x.Length]);
        program.AddQuadratic(free, curved);
        program.A.Add(free, active);
        program.A.AddTransposed(rows, pulled);
        return (
            x.Length > 0 && Dense.Largest(curved) <= _null && Dense.Largest(active) <= _null ? free : null,
            y.Length > 0 && Dense.Largest(pulled) <= _null ? rows : null,
            growth);
    }

    private (double[] X, double[] Y) Inverse(double[] dual, double[] primal)
    {
        var (x, y) = (new double[dual.Length], new double[primal.Length]);
        _system.Solve(dual, primal, x, y);
        return (x, y);
    }

    private static double[] Unit(double[] values)
    {
        double size = Dense.Largest(values);
        return size == 0 ? values : [.. values.Select(v => v / size)];
    }
}
