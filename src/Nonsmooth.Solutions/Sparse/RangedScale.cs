namespace Nonsmooth.Solutions;

/// <summary>A program in units in which entries are about 1: x = Dx', rows Ax = E⁻¹(Ax)', and the objective times a number. All factors are powers of 2.</summary>
/// <remarks>Source: Ruiz, RAL-TR-2001-034: rows and columns divided by the root of their largest entry, again and again.</remarks>
internal sealed record RangedScale(RangedProgram Program, double[] Unknown, double[] Row, double Objective)
{
    private const int _passes = 12;

    /// <param name="given">The program.</param>
    /// <param name="bounds">The power of the largest bound by which unknowns are divided besides: 0 leaves them, 1 makes all bounds at most 1.</param>
    public static RangedScale Of(RangedProgram given, double bounds = 0)
    {
        int n = given.Unknowns;
        int m = given.Rows;
        var (d, e) = (Ones(n), Ones(m));
        for (int pass = 0; pass < _passes; pass++)
        {
            var (column, row) = (new double[n], new double[m]);
            for (int j = 0; j < n; j++)
            {
                for (int k = given.Q.Starts[j]; k < given.Q.Starts[j + 1]; k++)
                {
                    int i = given.Q.Indices[k];
                    double size = Math.Abs(given.Q.Values[k]) * d[i] * d[j];
                    (column[i], column[j]) = (Math.Max(column[i], size), Math.Max(column[j], size));
                }

                for (int k = given.A.Starts[j]; k < given.A.Starts[j + 1]; k++)
                {
                    int i = given.A.Indices[k];
                    double size = Math.Abs(given.A.Values[k]) * e[i] * d[j];
                    (row[i], column[j]) = (Math.Max(row[i], size), Math.Max(column[j], size));
                }
            }

            bool isDone = true;
            Divide(d, column);
            Divide(e, row);
            if (isDone)
            {
                break;
            }

            void Divide(double[] units, double[] sizes)
            {
                for (int i = 0; i < units.Length; i++)
                {
                    double root = Root(sizes[i]);
                    isDone &= root == 1;
                    units[i] *= root;
                }
            }
        }

        double[] sizes = [.. given.Lower.Select((l, i) => Math.Abs(l) * e[i]).Concat(given.Upper.Select((u, i) => Math.Abs(u) * e[i])).Where(s => s > 0 && double.IsFinite(s))];
        double unknown = Power(sizes.Length == 0 ? 1 : Math.Max(1, Math.Pow(sizes.Max(), bounds)));
        d = [.. d.Select(v => v * unknown)];
        e = [.. e.Select(v => v / unknown)];
        double linear = 0;
        for (int j = 0; j < n; j++)
        {
            linear = Math.Max(linear, Math.Abs(given.Linear[j]) * d[j]);
        }

        var scaledQ = given.Q.Scaled(d, d);
        double objective = Power(1 / Math.Max(linear, scaledQ.Values.Length == 0 ? 0 : scaledQ.Values.Max(Math.Abs)));
        return new(
            new(
                scaledQ with { Values = [.. scaledQ.Values.Select(v => v * objective)] },
                [.. given.Linear.Select((q, j) => q * d[j] * objective)],
                given.A.Scaled(e, d),
                [.. given.Lower.Select((l, i) => l * e[i])],
                [.. given.Upper.Select((u, i) => u * e[i])]),
            d, e, objective);
    }

    /// <summary>The given program's point and multipliers.</summary>
    public (double[] X, double[] Y) Given(double[] x, double[] y) =>
        ([.. x.Select((v, j) => v * Unknown[j])], [.. y.Select((v, i) => v * Row[i] / Objective)]);

    /// <summary>The scaled program's point and multipliers.</summary>
    public (double[] X, double[] Y) Scaled(double[] x, double[] y) =>
        ([.. x.Select((v, j) => v / Unknown[j])], [.. y.Select((v, i) => v / Row[i] * Objective)]);

    private static double[] Ones(int count)
    {
        double[] ones = new double[count];
        Array.Fill(ones, 1);
        return ones;
    }

    private static double Root(double size) => size > 0 && double.IsFinite(size) ? Power(1 / Math.Sqrt(size)) : 1;

    private static double Power(double size) => size > 0 && double.IsFinite(size) ? Math.ScaleB(1, (int)Math.Clamp(Math.Round(Math.Log2(size)), -300, 300)) : 1;
}
