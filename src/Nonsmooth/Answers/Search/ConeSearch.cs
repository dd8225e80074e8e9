using Nonsmooth.Arithmetic;

namespace Nonsmooth.Answers;

/// <summary>Every piece of a piecewise linear function around a point: the open cones of directions on which it is linear.</summary>
/// <remarks>
/// A depth-first search over the signs of the tied switches, in order. A choice of signs is a piece exactly when some
/// direction has them all, which <see cref="Alternative"/> decides exactly. The number of pieces can be exponential in the
/// number of switches; the search stops at a limit. Rows are looked at on columns that keep their linear relations.
/// </remarks>
internal sealed class ConeSearch
{
    private readonly SwitchSystem _system;
    private readonly long _limit;
    private readonly Deadline _deadline;
    private readonly int[] _pivots;
    private readonly int[] _scales;
    private readonly (Dyadic[][] Z, Dyadic[] J) _reduced;
    private readonly Dyadic[][] _rows;
    private readonly int[][] _links;
    private readonly int[] _outputLinks;
    private readonly int[] _signs;
    private readonly List<ExactRow> _constraints = [];

    public ConeSearch(SwitchSystem system, long limit, Deadline? deadline = null)
    {
        (_system, _limit, _deadline) = (system, limit, deadline ?? Deadline.None);
        Dyadic[][] all = [.. system.Z, system.J[0]];
        _pivots = PivotColumns.Of(all);
        _pivots = _pivots.Length == 0 ? [0] : _pivots;
        _reduced = ([.. system.Z.Select(Reduce)], Reduce(system.J[0]));
        _scales = Sizes(system, _reduced.Z, _reduced.J);
        _rows = new Dyadic[system.Units.Count][];
        _links = [.. system.L.Select((row, i) => Links(row, i))];
        _outputLinks = Links(system.Y[0], system.Units.Count);
        _signs = new int[system.Units.Count];
        IsFinite = new[] { system.Z, system.L, system.J, system.Y }.All(rows => Array.TrueForAll(rows, ExactVector.AreFinite));
    }

    /// <summary>Whether every partial derivative is finite: columns that are not have no place in the search.</summary>
    public bool IsFinite { get; }

    /// <summary>Pieces visited.</summary>
    public long Cones { get; private set; }

    /// <summary>Whether the limit stopped the search.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>Why the pieces found may not be all, or not be there; null where they are.</summary>
    public string? Doubt { get; private set; }

    /// <summary>By which powers of two the columns differ.</summary>
    public int[] Scales => _scales;

    /// <summary>Visits pieces until the visitor returns false.</summary>
    public void Run(Func<Cone, bool> visit) => Visit(0, new Dyadic[_pivots.Length], visit);

    /// <summary>Visits pieces until the visitor returns false or time is over; then why, else null.</summary>
    public string? Until(Func<Cone, bool> visit)
    {
        try
        {
            Run(visit);
            return null;
        }
        catch (OutOfTimeException e)
        {
            return e.Message;
        }
    }

    /// <summary>A row of exact numbers in the search's columns.</summary>
    public ExactRow Row(Dyadic[] exact) => ExactRow.Of(exact, _scales);

    /// <summary>A direction of all inputs from one in the search's columns: doubles of at most about 1.</summary>
    public double[] Widen(Dyadic[] direction) => Widen(ExactVector.Scaled(direction));

    /// <summary>Entries of all inputs from those in the search's columns, 0 elsewhere.</summary>
    public double[] Widen(double[] entries)
    {
        var all = new double[_system.J[0].Length];
        for (int i = 0; i < entries.Length; i++)
        {
            all[_pivots[i]] = entries[i];
        }

        return all;
    }

    // Columns in the size that they can have in a gradient: powers of two, of the largest product of a path from an input to the output.
    private static int[] Sizes(SwitchSystem system, Dyadic[][] z, Dyadic[] j)
    {
        const int none = int.MinValue / 4;
        var weights = new int[z.Length];
        for (int k = z.Length - 1; k >= 0; k--)
        {
            weights[k] = Size(system.Y[0][k], 0);
            for (int later = k + 1; later < z.Length; later++)
            {
                weights[k] = Math.Max(weights[k], Size(system.L[later][k], weights[later]));
            }
        }

        var sizes = new int[j.Length];
        for (int i = 0; i < sizes.Length; i++)
        {
            sizes[i] = Size(j[i], 0);
            for (int k = 0; k < z.Length; k++)
            {
                sizes[i] = Math.Max(sizes[i], Size(z[k][i], weights[k]));
            }

            // What does not reach the output has a size among the switches alone.
            sizes[i] = sizes[i] > none / 2 ? sizes[i] : Enumerable.Range(0, z.Length).Select(k => Size(z[k][i], 0)).Where(s => s > none / 2).DefaultIfEmpty(0).Max();
        }

        return sizes;

        static int Size(Dyadic x, int shift) => x.Sign == 0 || !x.IsFinite ? none : Math.Max(x.FirstBit + shift, none);
    }

    private Dyadic[] Reduce(Dyadic[] row) => [.. _pivots.Select(p => row[p])];

    private bool Visit(int unit, Dyadic[] witness, Func<Cone, bool> visit)
    {
        _deadline.Check();
        if (unit == _signs.Length)
        {
            if (Cones == _limit)
            {
                IsExhausted = true;
                return false;
            }

            Cones++;
            return visit(new Cone(_system, [.. _signs], Row(Combine(_reduced.J, _system.Y[0], _outputLinks, _signs, _rows)), witness, _constraints));
        }

        Dyadic[] row = _rows[unit] = Combine(_reduced.Z[unit], _system.L[unit], _links[unit], _signs, _rows);
        if (ExactVector.IsZero(row))
        {
            _signs[unit] = 0;
            return Visit(unit + 1, witness, visit);
        }

        if (!Array.Exists(row, x => x.Sign != 0 && x.IsTold))
        {
            Doubt ??= $"whether {_system.Units[unit].Node.Name} leaves its kink is within rounding";
        }

        var along = ExactVector.Dot(row, witness);
        var even = Row(row);
        int first = along.Sign < 0 ? -1 : 1;
        foreach (int sign in new[] { first, -first })
        {
            if (!Enter(unit, sign, even, along, witness, visit))
            {
                return false;
            }
        }

        return true;
    }

    private bool Enter(int unit, int sign, ExactRow row, Dyadic along, Dyadic[] witness, Func<Cone, bool> visit)
    {
        var signed = sign < 0 ? row.Negate() : row;
        int parallel = Parallel(signed);
        if (parallel < 0)
        {
            return true;
        }

        Dyadic[]? inside = witness;
        if (parallel == 0)
        {
            _constraints.Add(signed);
            if (along.Sign != sign || !along.IsTold)
            {
                var alternative = Alternative.Of(_constraints, _scales, _deadline);
                inside = alternative.Direction;
                Doubt ??= alternative.IsTold ? null : $"a piece beside {_system.Units[unit].Node.Name}'s kink is narrower than rounding";
            }
        }

        _signs[unit] = sign;
        bool goOn = inside is null || Visit(unit + 1, inside, visit);
        if (parallel == 0)
        {
            _constraints.RemoveAt(_constraints.Count - 1);
        }

        return goOn;
    }

    // 1 where a constraint is the same half space, −1 where one is the opposite.
    private int Parallel(ExactRow row)
    {
        foreach (var constraint in _constraints)
        {
            double cosine = ConvexHull.Dot(constraint.Unit, row.Unit);
            if (Math.Abs(cosine) > 1 - 1e-9 && AreParallel(constraint.Exact, row.Exact))
            {
                return Math.Sign(cosine);
            }
        }

        return 0;
    }

    private static bool AreParallel(Dyadic[] a, Dyadic[] b)
    {
        int pivot = Array.FindIndex(a, x => x.Sign != 0);
        for (int i = 0; i < a.Length; i++)
        {
            if (Dyadic.Compare(a[i].Exactly * b[pivot].Exactly, b[i].Exactly * a[pivot].Exactly) != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The switches that a row depends on, of the first so many: a switch's row depends on earlier ones only.</summary>
    internal static int[] Links(Dyadic[] weights, int count) =>
        [.. Enumerable.Range(0, count).Where(j => weights[j].Sign != 0 || weights[j].Error != 0 || !weights[j].IsFinite)];

    /// <summary>A row of the system on a piece: its own part, and those of the switches that it depends on.</summary>
    internal static Dyadic[] Combine(Dyadic[] start, Dyadic[] weights, int[] links, int[] signs, Dyadic[][] rows)
    {
        Dyadic[] sum = [.. start];
        foreach (int j in links)
        {
            if (signs[j] != 0)
            {
                Add(sum, signs[j] < 0 ? -weights[j] : weights[j], rows[j]);
            }
        }

        return sum;
    }

    private static void Add(Dyadic[] sum, Dyadic factor, Dyadic[] row)
    {
        for (int i = 0; i < sum.Length; i++)
        {
            if (row[i].Sign != 0 || row[i].Error != 0 || !row[i].IsFinite)
            {
                sum[i] += factor * row[i];
            }
        }
    }
}
