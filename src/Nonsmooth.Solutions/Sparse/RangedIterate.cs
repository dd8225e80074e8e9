namespace Nonsmooth.Solutions;

/// <summary>Where interior points stand: unknowns, rows s strictly inside their ranges, and multipliers of both bounds.</summary>
internal sealed class RangedIterate
{
    private const double _fraction = 0.995;
    private const int _correctors = 3;
    private const int _refinements = 30;
    private const double _start = 100;

    // Of the proximal terms that keep the factors stable, this is left once a direction is refined.
    private const double _exactness = 1e-4;
    private readonly RangedProgram _p;
    private readonly int _n;
    private readonly int _m;
    private readonly bool[] _equal;
    private readonly double[] _s;
    private readonly double[] _low;
    private readonly double[] _up;
    private readonly double[] _free;
    private readonly double[] _exact;
    private double _ridge;
    private readonly int _bounds;

    public RangedIterate(RangedProgram program)
    {
        _p = program;
        (_n, _m) = (program.Unknowns, program.Rows);
        X = new double[_n];
        (_s, _low, _up, _free) = (new double[_m], new double[_m], new double[_m], new double[_m]);
        _exact = new double[_m];
        _equal = [.. program.Lower.Zip(program.Upper, (l, u) => l == u)];
        for (int i = 0; i < _m; i++)
        {
            _bounds += _equal[i] ? 0 : (HasLow(i) ? 1 : 0) + (HasUp(i) ? 1 : 0);
        }
    }

    public double[] X { get; }

    /// <summary>The mean of slacks times multipliers.</summary>
    public double Complementarity
    {
        get
        {
            double sum = 0;
            for (int i = 0; i < _m; i++)
            {
                sum += (HasLow(i) ? (_s[i] - _p.Lower[i]) * _low[i] : 0) + (HasUp(i) ? (_p.Upper[i] - _s[i]) * _up[i] : 0);
            }

            return _bounds == 0 ? 0 : sum / _bounds;
        }
    }

    public double[] Multipliers() => [.. Enumerable.Range(0, _m).Select(i => _equal[i] ? _free[i] : _up[i] - _low[i])];

    /// <summary>Least squares for the unknowns, then rows and multipliers moved inside.</summary>
    public void Start(RangedSystem system)
    {
        double[] below = [.. _equal.Select(e => e ? 1e-8 : 1.0)];
        system.Factor(1e-6 + (_bounds > 0 ? 1e-3 : 0), below);
        double[] primal = [.. Enumerable.Range(0, _m).Select(i => _equal[i] ? _p.Lower[i] : Nearest(i, 0))];
        double[] y = new double[_m];
        system.Solve([.. _p.Linear.Select(q => -q)], primal, X, y);
        double[] rows = new double[_m];
        _p.A.Add(X, rows);
        double push = _start;
        for (int i = 0; i < _m; i++)
        {
            push = _equal[i] ? push : Math.Max(push, Math.Abs(rows[i] - Nearest(i, rows[i])));
        }

        push = Math.Min(push, 1e4);
        for (int i = 0; i < _m; i++)
        {
            if (_equal[i])
            {
                (_s[i], _free[i]) = (_p.Lower[i], y[i]);
                continue;
            }

            double width = _p.Upper[i] - _p.Lower[i];
            double inside = double.IsFinite(width) ? Math.Min(push, width / 2 * 0.9) : push;
            _s[i] = Math.Clamp(rows[i], HasLow(i) ? _p.Lower[i] + inside : double.NegativeInfinity, HasUp(i) ? _p.Upper[i] - inside : double.PositiveInfinity);
        }

        // All products of slack and multiplier alike, so that no bound is met before the others.
        double force = Math.Clamp(_m == 0 ? 1 : y.Max(Math.Abs), _start, 1e4) * push;
        for (int i = 0; i < _m; i++)
        {
            (_low[i], _up[i]) = (HasLow(i) ? force / (_s[i] - _p.Lower[i]) : 0, HasUp(i) ? force / (_p.Upper[i] - _s[i]) : 0);
        }
    }

    /// <summary>One step; false where none is possible.</summary>
    public bool Step(RangedSystem system, double proximal)
    {
        double[] below = new double[_m];
        for (int i = 0; i < _m; i++)
        {
            below[i] = (_equal[i] ? 0 : 1 / Weight(i)) + proximal;
            _exact[i] = below[i] - proximal + (_exactness * proximal);
        }

        system.Factor(proximal, below);
        _ridge = _exactness * proximal;
        double mu = Complementarity;
        var (low, up) = (new double[_m], new double[_m]);
        var step = Direction(system, low, up);
        if (_bounds > 0)
        {
            double after = ComplementarityAt(step, Shortest(step));
            double center = Math.Clamp(Math.Pow(after / mu, 3), 1e-6, 1) * mu;
            for (int i = 0; i < _m; i++)
            {
                low[i] = HasLow(i) ? center - (step.S[i] * step.Low[i]) : 0;
                up[i] = HasUp(i) ? center + (step.S[i] * step.Up[i]) : 0;
            }

            step = Direction(system, low, up);
            for (int k = 0; k < _correctors && Corrected(system, step, center, low, up) is { } better; k++)
            {
                step = better;
            }
        }

        var (primal, dual) = Lengths(step, _fraction);
        if (!double.IsFinite(primal + dual) || Math.Max(primal, dual) < 1e-10)
        {
            return false;
        }

        if (_p.Q.Count > 0)
        {
            primal = dual = Math.Min(primal, dual);
        }

        Move(X, step.X, primal);
        Move(_s, step.S, primal);
        Move(_low, step.Low, dual);
        Move(_up, step.Up, dual);
        Move(_free, step.Free, dual);
        return true;
    }

    private sealed record Moves(double[] X, double[] S, double[] Low, double[] Up, double[] Free);

    // Products far from the center are pulled towards it where that lets the step be longer (Gondzio, 1996).
    private Moves? Corrected(RangedSystem system, Moves step, double center, double[] low, double[] up)
    {
        double length = Shortest(step);
        if (length > 0.95)
        {
            return null;
        }

        double tried = Math.Min(1, (1.08 * length) + 0.08);
        var (nextLow, nextUp) = ((double[])low.Clone(), (double[])up.Clone());
        for (int i = 0; i < _m; i++)
        {
            double s = _s[i] + (tried * step.S[i]);
            nextLow[i] += HasLow(i) ? Pull((s - _p.Lower[i]) * (_low[i] + (tried * step.Low[i]))) : 0;
            nextUp[i] += HasUp(i) ? Pull((_p.Upper[i] - s) * (_up[i] + (tried * step.Up[i]))) : 0;
        }

        var next = Direction(system, nextLow, nextUp);
        if (Shortest(next) < length + (0.1 * (tried - length)))
        {
            return null;
        }

        nextLow.CopyTo(low, 0);
        nextUp.CopyTo(up, 0);
        return next;

        double Pull(double product) => product < 0.1 * center ? (0.1 * center) - product : product > 10 * center ? Math.Max((10 * center) - product, -10 * center) : 0;
    }

    // Newton's direction to given products of slacks and multipliers.
    private Moves Direction(RangedSystem system, double[] low, double[] up)
    {
        double[] dual = [.. _p.Linear.Select(q => -q)];
        _p.AddQuadratic(X, dual, -1);
        _p.A.AddTransposed(Multipliers(), dual, -1);
        double[] primal = new double[_m];
        _p.A.Add(X, primal, -1);
        double[] push = new double[_m];
        for (int i = 0; i < _m; i++)
        {
            primal[i] += _s[i];
            if (!_equal[i])
            {
                push[i] = Up(i) - Low(i);
                primal[i] -= push[i] / Weight(i);
            }
        }

        var (dx, dy, ds) = (new double[_n], new double[_m], new double[_m]);
        system.Refine(dual, primal, dx, dy, _ridge, _exact, _refinements, 1e-12);
        var (dl, du, df) = (new double[_m], new double[_m], new double[_m]);
        for (int i = 0; i < _m; i++)
        {
            if (_equal[i])
            {
                df[i] = dy[i];
                continue;
            }

            ds[i] = (dy[i] - push[i]) / Weight(i);
            dl[i] = HasLow(i) ? Low(i) - (_low[i] / (_s[i] - _p.Lower[i]) * ds[i]) : 0;
            du[i] = HasUp(i) ? Up(i) + (_up[i] / (_p.Upper[i] - _s[i]) * ds[i]) : 0;
        }

        return new(dx, ds, dl, du, df);

        double Low(int i) => HasLow(i) ? (low[i] / (_s[i] - _p.Lower[i])) - _low[i] : 0;

        double Up(int i) => HasUp(i) ? (up[i] / (_p.Upper[i] - _s[i])) - _up[i] : 0;
    }

    private double Weight(int i) =>
        (HasLow(i) ? _low[i] / (_s[i] - _p.Lower[i]) : 0) + (HasUp(i) ? _up[i] / (_p.Upper[i] - _s[i]) : 0);

    private double Shortest(Moves step)
    {
        var (primal, dual) = Lengths(step, 1);
        return Math.Min(primal, dual);
    }

    private (double Primal, double Dual) Lengths(Moves step, double fraction)
    {
        var (primal, dual) = (1.0, 1.0);
        for (int i = 0; i < _m; i++)
        {
            if (_equal[i])
            {
                continue;
            }

            if (HasLow(i))
            {
                primal = Shorter(primal, _s[i] - _p.Lower[i], step.S[i]);
                dual = Shorter(dual, _low[i], step.Low[i]);
            }

            if (HasUp(i))
            {
                primal = Shorter(primal, _p.Upper[i] - _s[i], -step.S[i]);
                dual = Shorter(dual, _up[i], step.Up[i]);
            }
        }

        return (primal, dual);

        double Shorter(double length, double distance, double change) => change < 0 ? Math.Min(length, -fraction * distance / change) : length;
    }

    private double ComplementarityAt(Moves step, double length)
    {
        double sum = 0;
        for (int i = 0; i < _m; i++)
        {
            double s = _s[i] + (length * step.S[i]);
            sum += (HasLow(i) ? (s - _p.Lower[i]) * (_low[i] + (length * step.Low[i])) : 0) + (HasUp(i) ? (_p.Upper[i] - s) * (_up[i] + (length * step.Up[i])) : 0);
        }

        return sum / _bounds;
    }

    private bool HasLow(int i) => !_equal[i] && !double.IsNegativeInfinity(_p.Lower[i]);

    private bool HasUp(int i) => !_equal[i] && !double.IsPositiveInfinity(_p.Upper[i]);

    private double Nearest(int i, double value) => Math.Min(Math.Max(value, _p.Lower[i]), _p.Upper[i]);

    private static void Move(double[] values, double[] by, double length)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] += length * by[i];
        }
    }
}
