namespace Nonsmooth.Solutions;

/// <summary>Solves ½‖y − Xβ‖² + λ‖β‖₁ + ½μ‖β‖² on a working set, whose Gram matrix is the only one that is formed.</summary>
internal sealed class ElasticNetSolver
{
    private const double _rounding = 1e-13;
    private readonly Design _x;
    private readonly double[] _y;
    private readonly double[] _c;
    private readonly double[] _ones;
    private readonly double[] _sizes;
    private readonly double _lambda;
    private readonly double _ridge;

    public ElasticNetSolver(Problem problem)
    {
        _x = SupportModel.Matrix(problem);
        (_y, _lambda, _ridge) = (problem.Values[1], problem.Number(2), problem.Number(3));
        _c = _x.TransposeTimes(_y);
        _ones = [.. Enumerable.Repeat(1.0, _y.Length)];
        _sizes = Sizes(_c, [.. _x.Squares.Select(s => s + _ridge)]);
        Scale = Math.Max(Lanes.Largest(_c), double.Epsilon);
    }

    /// <summary>What distances and residuals are relative to: the largest |X_jᵀy|.</summary>
    public double Scale { get; }

    /// <summary>‖X_j‖² + μ.</summary>
    public double Diagonal(int j) => _x.Squares[j] + _ridge;

    /// <summary>‖X_j‖.</summary>
    public double Length(int j) => Math.Sqrt(_x.Squares[j]);

    /// <summary>Of each coefficient what its correlation is rounded with: its column's length times the largest share that one has of y.</summary>
    public static double[] Sizes(double[] correlations, double[] squares)
    {
        double longest = 0;
        for (int j = 0; j < squares.Length; j++)
        {
            longest = squares[j] > 0 ? Math.Max(longest, Math.Abs(correlations[j]) / Math.Sqrt(squares[j])) : longest;
        }

        return Array.ConvertAll(squares, s => Math.Sqrt(s) * longest);
    }

    /// <summary>Xᵀ(y − Xβ) − μβ, which is λ times a sign at every nonzero coefficient.</summary>
    public double[] Correlations(double[] beta)
    {
        double[] residual = [.. _y];
        Lanes.Add(-1, _x.Times(beta), residual);
        double[] r = _x.TransposeTimes(residual);
        Lanes.Add(-_ridge, beta, r);
        return r;
    }

    /// <summary>By how much the optimality conditions are violated at most.</summary>
    public double Residual(double[] beta, double[] correlations) => GramLasso.Residual(beta, correlations, _lambda);

    /// <summary>The solution: its residual is below a tolerance times the scale, or it is exact on its support.</summary>
    /// <exception cref="NotConvergedException">It took too long.</exception>
    public (double[] Beta, double[] Correlations, int Sweeps) Solve(double tolerance, bool polish)
    {
        double[] beta = new double[_c.Length];
        var set = new WorkingSet(_c, []);
        int all = 0;
        while (true)
        {
            var part = Part(set.Columns);
            var (values, sweeps) = part.Solve(Array.ConvertAll(set.Columns, j => beta[j]), tolerance, polish);
            all += sweeps;
            beta = Dense.Spread(_c.Length, set.Columns, values);
            double[] r = Correlations(beta);
            if (!set.Grow(r, _lambda, j => polish ? _rounding * _sizes[j] : tolerance * Scale))
            {
                return (beta, r, all);
            }
        }
    }

    /// <summary>The exact solution that has nearly the given one's support; null if some changes of it do not end in one.</summary>
    public double[]? Polish(double[] near)
    {
        var set = new WorkingSet(_c, Enumerable.Range(0, near.Length).Where(j => near[j] != 0));
        while (true)
        {
            if (Part(set.Columns).Polish(Array.ConvertAll(set.Columns, j => near[j])) is not { } values)
            {
                return null;
            }

            near = Dense.Spread(_c.Length, set.Columns, values);
            if (!set.Grow(Correlations(near), _lambda, j => _rounding * _sizes[j]))
            {
                return near;
            }
        }
    }

    private GramLasso Part(int[] set)
    {
        double[] part = _x.Part(set);
        return new(
            Design.Gram(part, _x.Rows, set.Length, _ones, _ridge), Array.ConvertAll(set, j => _c[j]), _lambda, Array.ConvertAll(set, j => _sizes[j]), Scale);
    }
}
