namespace Nonsmooth.Solutions;

/// <summary>A point's active rows, and the point that solves their system exactly.</summary>
internal static class RangedActiveSet
{
    private const int _rounds = 12;
    private const double _ridge = 1e-6;

    /// <summary>The point on the active rows near a given one's, rows added and left until signs and ranges are right; the better of both.</summary>
    public static RangedPoint Polish(RangedProgram given, RangedPoint near, double tolerance)
    {
        var scale = given.Units;
        var program = scale.Program;
        var (x, y) = scale.Scaled(near.X, near.Y);
        int[] sides = Sides(program, x, y);
        var best = near;
        var tried = new HashSet<string>();
        for (int round = 0; round < _rounds && tried.Add(string.Join(',', sides)); round++)
        {
            (x, y) = On(program, sides, x, y);
            var (gx, gy) = scale.Given(x, Signed(sides, y));
            double error = given.Error(gx, gy);
            if (error < best.Error)
            {
                best = new(gx, gy, near.Iterations + round + 1, error);
            }

            if (best.Error <= tolerance)
            {
                break;
            }

            sides = Next(program, sides, x, y);
        }

        return best;
    }

    /// <summary>Of each row −1 where it is at its lower bound, 1 at its upper, 2 an equality, 0 between.</summary>
    public static int[] Sides(RangedProgram program, double[] x, double[] y)
    {
        var (_, slacks, forces) = RangedActivity.Scaled(program, (x, y));
        return [.. slacks.Select((s, i) => program.Lower[i] == program.Upper[i] ? 2 : forces[i] > s ? Math.Sign(y[i]) : 0)];
    }

    private static double[] Signed(int[] sides, double[] y) => [.. y.Select((v, i) => sides[i] == 2 || v * sides[i] > 0 ? v : 0)];

    private static int[] Next(RangedProgram program, int[] sides, double[] x, double[] y)
    {
        double[] rows = new double[program.Rows];
        program.A.Add(x, rows);
        return [.. sides.Select((side, i) =>
            side == 2 ? 2
            : side != 0 ? (y[i] * side > 0 ? side : 0)
            : rows[i] > program.Upper[i] ? 1
            : rows[i] < program.Lower[i] ? -1
            : 0)];
    }

    // The nearest point and multipliers on the chosen rows: of multipliers that are not unique those near the given ones, which tell active rows apart.
    private static (double[] X, double[] Y) On(RangedProgram program, int[] sides, double[] x, double[] y)
    {
        int[] chosen = [.. Enumerable.Range(0, sides.Length).Where(i => sides[i] != 0)];
        double[] at = [.. chosen.Select(i => sides[i] == 1 ? program.Upper[i] : program.Lower[i])];
        var part = program with { A = program.A.Chosen(chosen), Lower = at, Upper = at };
        var system = new RangedSystem(part);
        double[] below = new double[chosen.Length];
        Array.Fill(below, _ridge);
        system.Factor(_ridge, below);
        double[] multipliers = [.. chosen.Select(i => y[i])];
        double[] point = (double[])x.Clone();
        for (int pass = 0; pass < 2; pass++)
        {
            double[] dual = [.. program.Linear.Select(q => -q)];
            double[] primal = (double[])at.Clone();
            program.AddQuadratic(point, dual, -1);
            part.A.AddTransposed(multipliers, dual, -1);
            part.A.Add(point, primal, -1);
            var (dx, dy) = (new double[x.Length], new double[chosen.Length]);
            system.Exactly(dual, primal, dx, dy);
            point = [.. point.Zip(dx, (p, d) => p + d)];
            multipliers = [.. multipliers.Zip(dy, (p, d) => p + d)];
        }

        double[] all = new double[sides.Length];
        for (int i = 0; i < chosen.Length; i++)
        {
            all[chosen[i]] = multipliers[i];
        }

        return (point, all);
    }
}
