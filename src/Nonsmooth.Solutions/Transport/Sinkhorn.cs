namespace Nonsmooth.Solutions;

/// <summary>Potentials of entropic transport: Sinkhorn's iteration in the log domain, then Newton's method on the marginals.</summary>
internal sealed class Sinkhorn
{
    private const int _most = 20_000;
    private const int _patience = 50;
    private const double _near = 1e-3;
    private const double _ridge = 1e-12;

    // Below so many times ε the last level is near enough.
    private const double _few = 4;
    private readonly double[] _cost;
    private readonly double[] _a;
    private readonly double[] _b;
    private readonly double _epsilon;

    public Sinkhorn(Problem problem)
        : this(problem.Values[0], problem.Values[1], Scaled(problem), problem.Number(3))
    {
    }

    private Sinkhorn(double[] cost, double[] a, double[] b, double epsilon) => (_cost, _a, _b, _epsilon) = (cost, a, b, epsilon);

    /// <summary>b with a's mass.</summary>
    public static double[] Scaled(Problem problem)
    {
        double ratio = problem.Values[1].Sum() / problem.Values[2].Sum();
        return Array.ConvertAll(problem.Values[2], v => v * ratio);
    }

    /// <summary>The system of the marginals' derivative in the potentials, times ε; the last of g is fixed.</summary>
    public static LinearSystem System(double[] plan, int n, int m, double ridge = 0)
    {
        var system = Dense.Zero(n + m - 1, n + m - 1);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < m; j++)
            {
                double p = plan[(i * m) + j];
                system[i, i] += p;
                if (j < m - 1)
                {
                    system[n + j, n + j] += p;
                    system[i, n + j] = system[n + j, i] = p;
                }
            }
        }

        for (int k = 0; k < system.RowCount; k++)
        {
            system[k, k] += ridge;
        }

        return new(system);
    }

    /// <exception cref="NotConvergedException">The marginals are not met within the tolerance.</exception>
    public Solution Solve(double tolerance)
    {
        var (f, g) = Start();
        double mass = _a.Sum();
        var best = Placed(f, g);
        for (int k = 1; k <= _most; k++)
        {
            Update(f, g, _a, transposed: false);
            Update(g, f, _b, transposed: true);
            if (k % 10 != 0)
            {
                continue;
            }

            var at = Placed(f, g) with { Iterations = k };
            if (at.Residual <= tolerance * mass)
            {
                return at;
            }

            // Newton's steps double the digits where Sinkhorn's add some; they start only near, and end where they do not help.
            if (at.Residual <= _near * mass || k % _patience == 0)
            {
                best = at;
                for (var next = Newton(at); next is not null && next.Residual < best.Residual; next = Newton(best))
                {
                    best = next with { Iterations = best.Iterations + 1 };
                }

                if (best.Residual <= tolerance * mass)
                {
                    return best;
                }
            }
        }

        throw new NotConvergedException(FormattableString.Invariant(
            $"the marginals are off by {best.Residual:G3} after {_most} iterations: raise epsilon from {_epsilon} (costs differ by {_cost.Max() - _cost.Min():G3}), or the tolerance"), best.Residual);
    }

    // A small ε is reached by larger ones, each from the potentials of the one before (Schmitzer, 2019).
    private (double[] F, double[] G) Start()
    {
        var (f, g) = (new double[_a.Length], new double[_b.Length]);
        double mass = _a.Sum();
        for (double epsilon = _cost.Max() - _cost.Min(); epsilon > _few * _epsilon; epsilon /= 2)
        {
            var level = new Sinkhorn(_cost, _a, _b, epsilon);
            for (int k = 0; k < _patience; k++)
            {
                level.Update(f, g, _a, transposed: false);
                level.Update(g, f, _b, transposed: true);
            }

            var at = level.Placed(f, g);
            for (var next = level.Newton(at); next is not null && next.Residual < at.Residual && at.Residual > _near * mass; next = level.Newton(at))
            {
                at = next;
            }

            (f, g) = ([.. at.Values[1]], [.. at.Values[2]]);
        }

        return (f, g);
    }

    /// <summary>One Newton step on the marginals; null where the system is singular or the step leaves the numbers.</summary>
    public Solution? Newton(Solution at)
    {
        var (n, m) = (_a.Length, _b.Length);
        var system = System(at.Values[0], n, m);

        // Parts of a plan that hardly touch leave a matrix that is singular in double precision; a ridge keeps the step within them.
        system = system.IsSingular ? System(at.Values[0], n, m, _ridge * _a.Max()) : system;
        if (system.IsSingular)
        {
            return null;
        }

        var (rows, columns) = Marginals(at.Values[0]);
        double[] step = system.Solve([.. _a.Zip(rows, (a, r) => _epsilon * (a - r)), .. _b.Take(m - 1).Zip(columns, (b, c) => _epsilon * (b - c))]);
        // Halved until the marginals are nearer: far from the solution a whole step overshoots.
        Solution? next = null;
        for (double length = 1; length > 1e-4 && !(next?.Residual < at.Residual); length /= 2)
        {
            next = Placed([.. at.Values[1].Zip(step, (f, s) => f + (length * s))], [.. at.Values[2].Select((g, j) => j < m - 1 ? g + (length * step[n + j]) : g)]);
        }

        return double.IsFinite(next!.Residual) ? next : null;
    }

    // The potential for which the marginal holds, given the other: −ε·log Σ exp((other − cost)/ε) + ε·log(mass).
    private void Update(double[] potential, double[] other, double[] mass, bool transposed)
    {
        int m = _b.Length;
        double[] exponents = new double[other.Length];
        for (int i = 0; i < potential.Length; i++)
        {
            for (int j = 0; j < other.Length; j++)
            {
                exponents[j] = (other[j] - _cost[transposed ? (j * m) + i : (i * m) + j]) / _epsilon;
            }

            double largest = exponents.Max();
            potential[i] = _epsilon * (Math.Log(mass[i]) - largest - Math.Log(exponents.Sum(e => Math.Exp(e - largest))));
        }
    }

    private Solution Placed(double[] f, double[] g)
    {
        int m = g.Length;
        double last = g[^1];
        double[] plan = new double[_cost.Length];
        for (int e = 0; e < plan.Length; e++)
        {
            plan[e] = Math.Exp((f[e / m] + g[e % m] - _cost[e]) / _epsilon);
        }

        var (rows, columns) = Marginals(plan);
        double residual = rows.Zip(_a, (r, a) => Math.Abs(r - a)).Concat(columns.Zip(_b, (c, b) => Math.Abs(c - b))).Max();
        return new([plan, Array.ConvertAll(f, x => x + last), Array.ConvertAll(g, x => x - last)], []) { Residual = residual };
    }

    private (double[] Rows, double[] Columns) Marginals(double[] plan)
    {
        var matrix = Dense.RowMajor(_a.Length, _b.Length, plan);
        return (matrix.RowSums().ToArray(), matrix.ColumnSums().ToArray());
    }
}
