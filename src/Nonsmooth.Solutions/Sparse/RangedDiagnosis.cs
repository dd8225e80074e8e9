namespace Nonsmooth.Solutions;

/// <summary>Why a program over ranges has no solution, each with a certificate that is checked.</summary>
internal static class RangedDiagnosis
{
    private const double _convex = 1e-10;
    private const double _flat = 1e-7;

    /// <exception cref="NotFiniteProblemException">An entry is not a finite number, or a bound is NaN.</exception>
    /// <exception cref="InfeasibleProblemException">A lower bound is above its upper one.</exception>
    /// <exception cref="NotConvexException">There is a direction along which Q is negative.</exception>
    public static void Check(RangedProgram program)
    {
        if (program.Q.Values.Concat(program.A.Values).Concat(program.Linear).Any(v => !double.IsFinite(v)) || program.Lower.Concat(program.Upper).Any(double.IsNaN)
            || program.Lower.Any(double.IsPositiveInfinity) || program.Upper.Any(double.IsNegativeInfinity))
        {
            throw new NotFiniteProblemException("an entry of Q, q or A is not finite, or a bound is NaN or infinite on the wrong side");
        }

        for (int i = 0; i < program.Rows; i++)
        {
            if (program.Lower[i] > program.Upper[i])
            {
                double[] certificate = new double[program.Rows];
                throw new InfeasibleProblemException(
                    FormattableString.Invariant($"row {i} has the lower bound {program.Lower[i]:G6} above its upper bound {program.Upper[i]:G6}"), program.Lower[i] - program.Upper[i], certificate);
            }
        }

        if (NegativeDirection(program) is var (curvature, direction))
        {
            throw new NotConvexException(
                FormattableString.Invariant($"Q is negative along a direction: dᵀQd = {curvature:G4} with |d| = 1: it must be positive semidefinite, add at least {-curvature:G4} to its diagonal"), curvature, direction);
        }
    }

    /// <summary>The reason that a point far from the conditions points to; null where its certificate does not hold.</summary>
    public static SolutionException? WhyNot(RangedProgram program, RangedPoint point) => Infeasible(program, point.Y) ?? (SolutionException?)Unbounded(program, point.X);

    // Multipliers whose rows cancel, while the bounds that they choose do not: Farkas.
    private static InfeasibleProblemException? Infeasible(RangedProgram program, double[] y)
    {
        double size = y.Length == 0 ? 0 : y.Max(Math.Abs);
        if (size == 0 || !double.IsFinite(size))
        {
            return null;
        }

        double[] unit = [.. y.Select(v => v / size)];
        var (pulled, terms) = (new double[program.Unknowns], new double[program.Unknowns]);
        program.A.AddTransposed(unit, pulled);
        (program.A with { Values = [.. program.A.Values.Select(Math.Abs)] }).AddTransposed([.. unit.Select(Math.Abs)], terms);
        double support = 0;
        for (int i = 0; i < unit.Length; i++)
        {
            double bound = unit[i] > 0 ? program.Upper[i] : program.Lower[i];
            if (unit[i] != 0 && !double.IsFinite(bound))
            {
                return null;
            }

            support += unit[i] == 0 ? 0 : unit[i] * bound;
        }

        double left = pulled.Length == 0 ? 0 : pulled.Select((p, j) => terms[j] == 0 ? 0 : Math.Abs(p) / terms[j]).Max();
        return left > _flat || support > -1e-9 * (1 + unit.Select((u, i) => u == 0 ? 0 : Math.Abs(u * (u > 0 ? program.Upper[i] : program.Lower[i]))).Max()) ? null : new(
            FormattableString.Invariant($"no point satisfies the rows: a combination of them is 0 on the left and at most {support:G4} on the right; relax the bounds"), -support, unit);
    }

    // A ray along which Q is flat, rows stay within their ranges and the objective falls.
    private static UnboundedProblemException? Unbounded(RangedProgram program, double[] x)
    {
        double size = x.Length == 0 ? 0 : x.Max(Math.Abs);
        if (size < 1e6 || !double.IsFinite(size))
        {
            return null;
        }

        double[] ray = [.. x.Select(v => v / size)];
        var (curved, rows) = (new double[program.Unknowns], new double[program.Rows]);
        program.AddQuadratic(ray, curved);
        program.A.Add(ray, rows);
        double largest = program.Q.Values.Length == 0 ? 0 : program.Q.Values.Max(Math.Abs);
        double entries = program.A.Values.Length == 0 ? 0 : program.A.Values.Max(Math.Abs);
        bool flat = curved.All(c => Math.Abs(c) <= _flat * largest);
        bool inside = !rows.Where((r, i) => (double.IsFinite(program.Upper[i]) && r > _flat * entries) || (double.IsFinite(program.Lower[i]) && r < -_flat * entries)).Any();
        double slope = program.Linear.Zip(ray, (q, d) => q * d).Sum();
        return flat && inside && slope < -_flat * program.Linear.Max(Math.Abs) ? new(
            FormattableString.Invariant($"the objective falls for ever along a ray (slope {slope:G4}): constrain it, or add to Q"), slope, ray) : null;
    }

    private static (double Curvature, double[] Direction)? NegativeDirection(RangedProgram program)
    {
        int n = program.Unknowns;
        double[] sizes = new double[n];
        for (int j = 0; j < n; j++)
        {
            for (int k = program.Q.Starts[j]; k < program.Q.Starts[j + 1]; k++)
            {
                sizes[j] = Math.Max(sizes[j], Math.Abs(program.Q.Values[k]));
                sizes[program.Q.Indices[k]] = Math.Max(sizes[program.Q.Indices[k]], Math.Abs(program.Q.Values[k]));
            }
        }

        double[] scale = [.. sizes.Select(s => s > 0 ? 1 / Math.Sqrt(s) : 1)];
        var scaled = program.Q.Scaled(scale, scale);
        int[] all = [.. Enumerable.Range(0, n)];
        var (row, column, value) = (new List<int>(), new List<int>(), new List<double>());
        for (int j = 0; j < n; j++)
        {
            for (int k = scaled.Starts[j]; k < scaled.Starts[j + 1]; k++)
            {
                row.Add(scaled.Indices[k]);
                column.Add(j);
                value.Add(scaled.Values[k]);
            }

            row.Add(j);
            column.Add(j);
            value.Add(_convex);
        }

        var ridged = SparseMatrix.Of(n, n, row, column, value);
        bool[] positive = new bool[n];
        Array.Fill(positive, true);
        var factors = new SparseFactors(ridged, positive);
        if (factors.Negative(ridged.Values) is not { } found)
        {
            return null;
        }

        double[] direction = [.. found.Select((d, j) => d * scale[j])];
        double length = Math.Sqrt(direction.Sum(d => d * d));
        direction = [.. direction.Select(d => d / length)];
        double[] curved = new double[n];
        program.AddQuadratic(direction, curved);
        double curvature = curved.Zip(direction, (c, d) => c * d).Sum();
        double terms = sizes.Zip(direction, (s, d) => s * d * d).Sum();
        return curvature < -_convex * terms ? (curvature, direction) : null;
    }
}
