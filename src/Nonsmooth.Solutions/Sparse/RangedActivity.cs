namespace Nonsmooth.Solutions;

/// <summary>How near rows are to their bounds, and how hard they push, each by its own terms: neither depends on units.</summary>
internal static class RangedActivity
{
    private const double _floor = 1e-3;
    private const double _push = 1e-6;

    /// <summary>Rows Ax; the least distance from a bound relative to the row's largest term; and the largest share that a row's multiplier has of a column's terms.</summary>
    /// <remarks>In units in which entries are about 1 (<see cref="RangedScale"/>). A row at the bound 0, and a column of multipliers that are 0, have terms that are rounding errors: terms count as no less than a thousandth of the largest unknown, and a millionth of the largest column.</remarks>
    public static (double[] Rows, double[] Slacks, double[] Forces) Of(RangedProgram given, double[] x, double[] y)
    {
        var scale = given.Units;
        var (_, slacks, forces) = Scaled(scale.Program, scale.Scaled(x, y));
        double[] rows = new double[given.Rows];
        given.A.Add(x, rows);
        return (rows, slacks, forces);
    }

    /// <summary>The same of a program that is scaled.</summary>
    public static (double[] Rows, double[] Slacks, double[] Forces) Scaled(RangedProgram program, (double[] X, double[] Y) point)
    {
        var (x, y) = point;
        double floor = _floor * x.Select(Math.Abs).DefaultIfEmpty(0).Max();
        var (rows, largest, forces) = (new double[program.Rows], new double[program.Rows], new double[program.Rows]);
        program.A.Add(x, rows);
        double[] columns = program.Terms(x, y);
        double least = _push * columns.DefaultIfEmpty(0).Max();
        for (int j = 0; j < program.Unknowns; j++)
        {
            for (int k = program.A.Starts[j]; k < program.A.Starts[j + 1]; k++)
            {
                int i = program.A.Indices[k];
                largest[i] = Math.Max(largest[i], Math.Abs(program.A.Values[k] * x[j]));
                forces[i] = columns[j] == 0 ? forces[i] : Math.Max(forces[i], Math.Abs(program.A.Values[k] * y[i]) / Math.Max(columns[j], least));
            }
        }

        double[] slacks = new double[program.Rows];
        for (int i = 0; i < slacks.Length; i++)
        {
            double low = Math.Abs(rows[i] - program.Lower[i]);
            double up = Math.Abs(program.Upper[i] - rows[i]);
            double slack = Math.Min(low, up);
            double size = Math.Max(largest[i], Math.Abs(low < up ? program.Lower[i] : program.Upper[i]));
            slacks[i] = slack == 0 ? 0 : double.IsInfinity(slack) ? 1 : slack / Math.Max(size, floor);
        }

        return (rows, slacks, forces);
    }
}
