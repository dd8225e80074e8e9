using MathNet.Numerics.LinearAlgebra;

namespace Nonsmooth.Solutions;

/// <summary>Solves a support vector machine's dual by pairs of rows, then on the rows between their bounds, exactly.</summary>
/// <remarks>In a_i = α_i·y_i: min ½aᵀKa − Σa_i/y_i over Σa_i = 0, with v_i = 1/y_i − x_i·w, which is the intercept where a row is between its bounds. Sources: Fan, Chen and Lin (2005) for the pairs;
/// afterwards a primal active-set method (Nocedal and Wright, 2006, section 16.5).</remarks>
internal sealed class SupportVectorSolver
{
    private const int _pairsARow = 200;
    private const int _changesARow = 4;
    private const double _ridge = 1e-12;
    private const double _rounding = 1e-11;
    private readonly int _n;
    private readonly int _p;
    private readonly double[] _x;
    private readonly double[] _y;
    private readonly double[] _bounds;
    private readonly double[] _squares;
    private readonly double[]?[] _kernel;
    private readonly double[] _alpha;
    private readonly double[] _v;
    private readonly bool[] _free;

    public SupportVectorSolver(Problem problem)
    {
        (_n, _p) = (problem.Shapes[0][0], problem.Shapes[0][1]);
        (_x, _y) = (problem.Values[0], problem.Values[1]);
        _bounds = Array.ConvertAll(problem.Values[2], c => c * problem.Number(3));
        (_kernel, _alpha, _v, _free, _squares) = (new double[_n][], new double[_n], new double[_n], new bool[_n], new double[_n]);
        for (int i = 0; i < _n; i++)
        {
            _v[i] = 1 / _y[i];
            _squares[i] = Lanes.Dot(Row(i), Row(i));
        }
    }

    /// <summary>How many pairs and changes it took.</summary>
    public int Iterations { get; private set; }

    /// <summary>α, w and the intercept; null where no row is between its bounds, rows there are dependent, or changes do not end.</summary>
    public (double[] Alpha, double[] W, double Intercept)? Solve()
    {
        if (Array.Exists(_y, y => y == 0))
        {
            return null;
        }

        for (double gap = 1e-2; gap > 1e-9; gap /= 100)
        {
            Pairs(gap * Math.Max(1e-300, _y.Max(y => 1 / Math.Abs(y))));
            if (Changes() && Exact() is { } exact)
            {
                return exact;
            }
        }

        return null;
    }

    private ReadOnlySpan<double> Row(int i) => _x.AsSpan(i * _p, _p);

    private double[] Kernel(int i)
    {
        if (_kernel[i] is not { } row)
        {
            row = new double[_n];
            Lanes.Times(_x, Row(i), row);
            _kernel[i] = row;
        }

        return row;
    }

    private bool Rises(int i) => _y[i] > 0 ? _alpha[i] < _bounds[i] : _alpha[i] > 0;

    private bool Falls(int i) => _y[i] > 0 ? _alpha[i] > 0 : _alpha[i] < _bounds[i];

    // Each step moves two rows against each other: the one that asks for the most, and the one that gains the most with it.
    private void Pairs(double gap)
    {
        for (int pair = 0; pair < _pairsARow * _n; pair++)
        {
            var (i, j, most, best, least) = (-1, -1, double.NegativeInfinity, 0.0, double.PositiveInfinity);
            for (int k = 0; k < _n; k++)
            {
                (i, most) = _v[k] > most && Rises(k) ? (k, _v[k]) : (i, most);
            }

            if (i < 0)
            {
                return;
            }

            double[] row = Kernel(i);
            for (int k = 0; k < _n; k++)
            {
                if (_v[k] < most && Falls(k))
                {
                    double apart = most - _v[k];
                    double gain = apart * apart / Math.Max(_squares[i] + _squares[k] - (2 * row[k]), 1e-12 * _squares[i]);
                    (j, best) = gain > best ? (k, gain) : (j, best);
                    least = Math.Min(least, _v[k]);
                }
            }

            if (j < 0 || most - least <= gap)
            {
                return;
            }

            Iterations++;
            double curvature = Math.Max(_squares[i] + _squares[j] - (2 * row[j]), 1e-12 * (_squares[i] + _squares[j]));
            double step = Math.Min((most - _v[j]) / curvature, Math.Min(Room(i, 1), Room(j, -1)));
            Move(i, step);
            Move(j, -step);
            Lanes.Add(-step, row, _v);
            Lanes.Add(step, Kernel(j), _v);
        }
    }

    // How far a_i may go up (or down).
    private double Room(int i, int side) => (side * _y[i] > 0 ? _bounds[i] - _alpha[i] : _alpha[i]) * Math.Abs(_y[i]);

    private void Move(int i, double step)
    {
        double moved = _alpha[i] + (step / _y[i]);
        double most = _bounds[i];
        bool ends = Math.Abs(step) >= Room(i, Math.Sign(step));
        _alpha[i] = ends ? (step * _y[i] > 0 ? most : 0) : Math.Clamp(moved, 0, most);
    }

    private bool Changes()
    {
        for (int k = 0; k < _n; k++)
        {
            _free[k] = _alpha[k] > 0 && _alpha[k] < _bounds[k];
        }

        double ridge = _ridge * Math.Max(_squares.Max(), double.Epsilon);
        for (int change = 0; change < _changesARow * _n; change++, Iterations++)
        {
            int[] set = Free();
            if (set.Length == 0)
            {
                return false;
            }

            double start = set.Average(i => _v[i]);
            double[] step = new PivotedFactor(Bordered(set, ridge), set.Length + 1).Solve([.. set.Select(i => _v[i] - start), 0]);
            var (length, blocked) = (1.0, -1);
            for (int k = 0; k < set.Length; k++)
            {
                double room = step[k] == 0 ? double.PositiveInfinity : Room(set[k], Math.Sign(step[k])) / Math.Abs(step[k]);
                (length, blocked) = room < length ? (room, k) : (length, blocked);
            }

            double[] along = new double[_p];
            for (int k = 0; k < set.Length; k++)
            {
                Lanes.Add(length * step[k], Row(set[k]), along);
                _alpha[set[k]] = Math.Clamp(_alpha[set[k]] + (length * step[k] / _y[set[k]]), 0, _bounds[set[k]]);
            }

            double[] moved = new double[_n];
            Lanes.Times(_x, along, moved);
            Lanes.Add(-1, moved, _v);
            if (blocked >= 0)
            {
                int left = set[blocked];
                (_alpha[left], _free[left]) = (step[blocked] * _y[left] > 0 ? _bounds[left] : 0, false);
                continue;
            }

            int worst = Worst(set.Average(i => _v[i]));
            if (worst < 0)
            {
                return true;
            }

            _free[worst] = true;
        }

        return false;
    }

    private int[] Free() => [.. Enumerable.Range(0, _n).Where(i => _free[i])];

    // Of the rows at a bound the one that would leave it the fastest; −1 where all stay.
    private int Worst(double intercept)
    {
        double size = _v.Max(Math.Abs) + Math.Abs(intercept);
        var (worst, most) = (-1, _rounding * size);
        for (int k = 0; k < _n; k++)
        {
            if (!_free[k])
            {
                double excess = Math.Max(Rises(k) ? _v[k] - intercept : 0, Falls(k) ? intercept - _v[k] : 0);
                (worst, most) = excess > most ? (k, excess) : (worst, most);
            }
        }

        return worst;
    }

    private double[] Bordered(int[] set, double ridge)
    {
        int size = set.Length + 1;
        double[] matrix = new double[size * size];
        for (int i = 0; i < set.Length; i++)
        {
            double[] row = Kernel(set[i]);
            for (int j = 0; j < set.Length; j++)
            {
                matrix[(i * size) + j] = row[set[j]] + (i == j ? ridge : 0);
            }

            matrix[(i * size) + size - 1] = matrix[((size - 1) * size) + i] = 1;
        }

        return matrix;
    }

    // The free rows' own system, without a ridge, and whether its solution is between the bounds and no other row wants to leave.
    private (double[] Alpha, double[] W, double Intercept)? Exact()
    {
        int[] set = Free();
        var system = LinearSystem.Equilibrated(Matrix<double>.Build.Dense(set.Length + 1, set.Length + 1, Bordered(set, 0)));
        if (system.IsSingular)
        {
            return null;
        }

        double sum = 0;
        double[] w = new double[_p];
        for (int k = 0; k < _n; k++)
        {
            if (!_free[k] && _alpha[k] > 0)
            {
                sum += _alpha[k] * _y[k];
                Lanes.Add(_alpha[k] * _y[k], Row(k), w);
            }
        }

        double[] solution = system.Solve([.. set.Select(i => (1 / _y[i]) - Lanes.Dot(Row(i), w)), -sum]);
        for (int k = 0; k < set.Length; k++)
        {
            int i = set[k];
            double alpha = solution[k] / _y[i];
            if (!(alpha > 0 && alpha < _bounds[i]))
            {
                return null;
            }

            _alpha[i] = alpha;
            Lanes.Add(solution[k], Row(i), w);
        }

        Lanes.Times(_x, w, _v);
        for (int k = 0; k < _n; k++)
        {
            _v[k] = (1 / _y[k]) - _v[k];
        }

        return Worst(solution[^1]) < 0 ? ([.. _alpha], w, solution[^1]) : null;
    }
}
