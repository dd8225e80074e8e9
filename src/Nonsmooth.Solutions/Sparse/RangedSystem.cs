using Nonsmooth.Arithmetic;

namespace Nonsmooth.Solutions;

/// <summary>Systems [Q + ρ, Aᵀ; A, −w] of one program: factored for given ρ and w, solved with refinement.</summary>
internal sealed class RangedSystem
{
    private const int _refinements = 4;
    private const int _krylov = 80;
    private const double _exact = 1e-11;
    private readonly RangedProgram _program;
    private readonly SparseFactors _factors;
    private readonly double[] _values;
    private readonly int[] _diagonal;
    private readonly double[] _own;
    private double[] _below = [];
    private double _ridge;

    public RangedSystem(RangedProgram program)
    {
        _program = program;
        int n = program.Unknowns;
        int m = program.Rows;
        var entries = new SparseEntries();
        foreach (var (i, j, v) in program.Q.Entries)
        {
            entries.Add(Math.Min(i, j), Math.Max(i, j), v);
        }

        foreach (var (i, j, v) in program.A.Entries)
        {
            entries.Add(j, n + i, v);
        }

        for (int i = 0; i < n + m; i++)
        {
            entries.Add(i, i, 0);
        }

        var matrix = entries.Matrix(n + m, n + m);
        _own = matrix.Values;
        _values = [.. _own];
        _diagonal = [.. Enumerable.Range(0, n + m).Select(i => matrix.Starts[i + 1] - 1)];
        _factors = new(matrix, [.. Enumerable.Range(0, n + m).Select(i => i < n)]);
    }

    /// <summary>The count of one factorization.</summary>
    public OperationCount Cost => _factors.Cost;

    /// <summary>The count of one solve with the factors.</summary>
    public OperationCount SolveCost => _factors.SolveCost;

    /// <summary>Factors for a ridge on the unknowns and one on each row.</summary>
    public void Factor(double ridge, double[] below)
    {
        (_ridge, _below) = (ridge, below);
        int n = _program.Unknowns;
        for (int i = 0; i < _diagonal.Length; i++)
        {
            _values[_diagonal[i]] = _own[_diagonal[i]] + (i < n ? ridge : -below[i - n]);
        }

        _factors.Factor(_values, Math.Min(1e-14, ridge / 2));
    }

    /// <summary>The solution of the factored system, refined; what was left of the right side, relative to it.</summary>
    public double Solve(double[] dual, double[] primal, double[] x, double[] y) => Refine(dual, primal, x, y, _ridge, _below, _refinements, 1e-13);

    /// <summary>The solution of the system with other ridges, refined by the factors until a relative residual or that many steps.</summary>
    public double Refine(double[] dual, double[] primal, double[] x, double[] y, double ridge, double[] below, int steps, double tolerance)
    {
        int n = _program.Unknowns;
        int m = _program.Rows;
        Array.Clear(x);
        Array.Clear(y);
        double size = Math.Max(Largest(dual), Largest(primal));
        double[] right = new double[n + m];
        double error = double.PositiveInfinity;
        if (size == 0)
        {
            return 0;
        }

        for (int step = 0; ; step++)
        {
            var (r, s) = ((double[])dual.Clone(), (double[])primal.Clone());
            _program.AddQuadratic(x, r, -1);
            _program.A.AddTransposed(y, r, -1);
            _program.A.Add(x, s, -1);
            for (int j = 0; j < n; j++)
            {
                right[j] = r[j] -= ridge * x[j];
            }

            for (int i = 0; i < m; i++)
            {
                right[n + i] = s[i] += below[i] * y[i];
            }

            double now = Math.Max(Largest(r), Largest(s)) / size;
            if (now <= tolerance || step > steps || (step > 1 && !(now < 0.9 * error)))
            {
                return now;
            }

            error = now;
            _factors.Solve(right);
            for (int j = 0; j < n; j++)
            {
                x[j] += right[j];
            }

            for (int i = 0; i < m; i++)
            {
                y[i] += right[n + i];
            }
        }
    }

    /// <summary>The solution of the system without ridges; where refinement is slow, since a few values of the system are small, by GMRES with the factors as its preconditioner.</summary>
    /// <returns>What is left of the right side, relative to it.</returns>
    public double Exactly(double[] dual, double[] primal, double[] x, double[] y)
    {
        double left = Refine(dual, primal, x, y, 0, new double[primal.Length], 30, 1e-14);
        if (left <= _exact)
        {
            return left;
        }

        var (otherX, otherY) = (new double[x.Length], new double[y.Length]);
        double other = Krylov(dual, primal, otherX, otherY);
        if (other < left)
        {
            otherX.CopyTo(x, 0);
            otherY.CopyTo(y, 0);
        }

        return Math.Min(left, other);
    }

    private double Krylov(double[] dual, double[] primal, double[] x, double[] y)
    {
        int n = _program.Unknowns;
        double size = Math.Max(Largest(dual), Largest(primal));
        double[] right = [.. dual, .. primal];
        _factors.Solve(right);
        try
        {
            double[] found = Gmres.Solve(
                v =>
                {
                    double[] image = Product(v);
                    _factors.Solve(image);
                    return image;
                },
                right, 1e-14, _krylov).X;
            found.AsSpan(0, n).CopyTo(x);
            found.AsSpan(n).CopyTo(y);
            double[] reached = Product(found);
            return Largest([.. dual.Concat(primal).Zip(reached, (b, p) => b - p)]) / size;
        }
        catch (SolutionException)
        {
            // No answer of this method: whoever asked has refinement's, and what is left of it.
            return double.PositiveInfinity;
        }
    }

    private double[] Product(double[] v)
    {
        int n = _program.Unknowns;
        var (x, y) = (v[..n], v[n..]);
        var (top, bottom) = (new double[n], new double[y.Length]);
        _program.AddQuadratic(x, top);
        _program.A.AddTransposed(y, top);
        _program.A.Add(x, bottom);
        return [.. top, .. bottom];
    }

    private static double Largest(double[] values)
    {
        double largest = 0;
        foreach (double value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }
}
