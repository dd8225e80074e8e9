using MathNet.Numerics.LinearAlgebra;

namespace Nonsmooth.Solutions;

/// <summary>The KKT system in which some inequalities are equalities. Rows that fix one unknown are left out of what is factored.</summary>
internal sealed class KktSystem
{
    private readonly QuadraticData _data;
    private readonly int[] _active;
    private readonly int[] _fixedBy;
    private readonly int[] _free;
    private readonly int[] _rows;
    private readonly LinearSystem? _system;
    private double _condition = double.NaN;

    /// <param name="data">The program.</param>
    /// <param name="active">The inequalities taken as equalities, in the order of their multipliers.</param>
    public KktSystem(QuadraticData data, IReadOnlyList<int> active)
    {
        (_data, _active) = (data, [.. active]);
        int n = data.Unknowns;
        _fixedBy = new int[n];
        Array.Fill(_fixedBy, -1);
        var rows = new List<int>();
        for (int r = 0; r < Count; r++)
        {
            int only = r < _active.Length ? data.Inequality.Only(_active[r]) : data.Equality.Only(r - _active.Length);
            if (only < 0)
            {
                rows.Add(r);
            }
            else if (_fixedBy[only] >= 0)
            {
                PivotRatio = 0;
                (_free, _rows) = ([], []);
                return;
            }
            else
            {
                _fixedBy[only] = r;
            }
        }

        _free = [.. Enumerable.Range(0, n).Where(j => _fixedBy[j] < 0)];
        _rows = [.. rows];
        int size = _free.Length + _rows.Length;
        double[] k = new double[size * size];
        for (int i = 0; i < _free.Length; i++)
        {
            var row = data.Curved.AsSpan(_free[i] * n, n);
            for (int j = 0; j < _free.Length; j++)
            {
                k[(i * size) + j] = row[_free[j]];
            }
        }

        for (int r = 0; r < _rows.Length; r++)
        {
            var row = Row(_rows[r]);
            for (int j = 0; j < _free.Length; j++)
            {
                k[((_free.Length + r) * size) + j] = k[(j * size) + _free.Length + r] = row[_free[j]];
            }
        }

        _system = LinearSystem.Equilibrated(Matrix<double>.Build.Dense(size, size, k));
        PivotRatio = _system.PivotRatio;
    }

    /// <summary>The inequalities taken as equalities, in the order of their multipliers.</summary>
    public int[] Active => _active;

    /// <summary>The least pivot over the largest; 0 where two rows fix one unknown.</summary>
    public double PivotRatio { get; }

    /// <summary>Whether it is singular as far as double precision tells.</summary>
    public bool IsSingular => _system is null || _system.IsSingular;

    /// <summary>The condition number of the whole matrix as it stands, in the 2-norm; ∞ where singular.</summary>
    public double Condition
    {
        get
        {
            if (double.IsNaN(_condition))
            {
                _condition = IsSingular ? double.PositiveInfinity : Count + _data.Unknowns == 0 ? 1 : _data.Kkt(_active).Svd(false).ConditionNumber;
            }

            return _condition;
        }
    }

    private int Count => _active.Length + _data.Equalities;

    /// <summary>Unknowns, multipliers of the active inequalities, multipliers of the equalities.</summary>
    /// <param name="right">The right sides of their rows.</param>
    /// <exception cref="SingularSolutionException">There is none.</exception>
    public double[] Solve(double[] right)
    {
        int n = _data.Unknowns;
        if (_system is null)
        {
            throw new SingularSolutionException("two active constraints fix one unknown: their multipliers are not unique", 0);
        }

        double[] solution = new double[n + Count];
        var x = solution.AsSpan(0, n);
        for (int j = 0; j < n; j++)
        {
            x[j] = _fixedBy[j] < 0 ? 0 : right[n + _fixedBy[j]] / Row(_fixedBy[j])[j];
        }

        double[] reduced = new double[_free.Length + _rows.Length];
        for (int i = 0; i < _free.Length; i++)
        {
            reduced[i] = right[_free[i]] - Lanes.Dot(_data.Curved.AsSpan(_free[i] * n, n), x);
        }

        for (int r = 0; r < _rows.Length; r++)
        {
            reduced[_free.Length + r] = right[n + _rows[r]] - Lanes.Dot(Row(_rows[r]), x);
        }

        double[] free = _system.Solve(reduced);
        for (int i = 0; i < _free.Length; i++)
        {
            x[_free[i]] = free[i];
        }

        for (int r = 0; r < _rows.Length; r++)
        {
            solution[n + _rows[r]] = free[_free.Length + r];
        }

        for (int j = 0; j < n; j++)
        {
            if (_fixedBy[j] >= 0)
            {
                double pull = Lanes.Dot(_data.Curved.AsSpan(j * n, n), x);
                foreach (int r in _rows)
                {
                    pull = Math.FusedMultiplyAdd(Row(r)[j], solution[n + r], pull);
                }

                solution[n + _fixedBy[j]] = (right[j] - pull) / Row(_fixedBy[j])[j];
            }
        }

        return solution;
    }

    private ReadOnlySpan<double> Row(int row) => row < _active.Length ? _data.Inequality.Row(_active[row]) : _data.Equality.Row(row - _active.Length);
}
