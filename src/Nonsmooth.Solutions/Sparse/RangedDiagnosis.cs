namespace Nonsmooth.Solutions;

/// <summary>Why a program over ranges has no solution, each with a certificate that is checked.</summary>
internal static class RangedDiagnosis
{
    private const double _convex = 1e-10;
    private const double _flat = 1e-7;
    private const double _reach = 1e3;

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

    /// <summary>Why a program that interior points do not solve has no solution; null where neither certificate is found.</summary>
    public static SolutionException? WhyNot(RangedProgram program, CancellationToken cancellation) => Infeasible(program, cancellation) ?? (SolutionException?)Unbounded(program, cancellation);

    // Least t with l − t ≤ Ax ≤ u + t in scaled rows; its multipliers are Farkas's.
    private static InfeasibleProblemException? Infeasible(RangedProgram given, CancellationToken cancellation)
    {
        var scale = RangedScale.Of(given);
        var program = scale.Program;
        int n = program.Unknowns;
        int m = program.Rows;
        int[] low = [.. Enumerable.Range(0, m).Where(i => double.IsFinite(program.Lower[i]))];
        int[] up = [.. Enumerable.Range(0, m).Where(i => double.IsFinite(program.Upper[i]))];
        var entries = new SparseEntries();
        entries.Add(program.A.Chosen([.. low, .. up]));
        for (int i = 0; i < low.Length + up.Length; i++)
        {
            entries.Add(i, n, i < low.Length ? 1 : -1);
        }

        entries.Add(low.Length + up.Length, n, 1);
        var elastic = new RangedProgram(
            SparseMatrix.Of(n + 1, n + 1, [], [], []), [.. new double[n], 1],
            entries.Matrix(low.Length + up.Length + 1, n + 1),
            [.. low.Select(i => program.Lower[i]), .. up.Select(_ => double.NegativeInfinity), 0],
            [.. low.Select(_ => double.PositiveInfinity), .. up.Select(i => program.Upper[i]), double.PositiveInfinity]);
        var point = RangedInterior.Run(elastic, 1e-10, 0, 1e-8, cancellation);
        double violation = point.X[n];
        if (point.Error > 1e-6 || violation < _flat)
        {
            return null;
        }

        double[] multipliers = new double[m];
        for (int i = 0; i < low.Length + up.Length; i++)
        {
            multipliers[i < low.Length ? low[i] : up[i - low.Length]] += point.Y[i];
        }

        double[] certificate = scale.Given(new double[n], multipliers).Y;
        double size = certificate.Max(Math.Abs);
        return !Separates(program, multipliers, violation) ? null : new(
            FormattableString.Invariant($"no point satisfies the rows: with entries of size about 1 every point violates one by {violation:G4} or more, since a combination of them is 0 on the left and not on the right; relax the bounds"),
            violation, [.. certificate.Select(c => c / size)]);
    }

    // A combination of rows that is 0 on the left and below 0 on the right at once, for all unknowns up to a size beyond those of any solution that these numbers suggest.
    private static bool Separates(RangedProgram program, double[] y, double violation)
    {
        double[] pulled = new double[program.Unknowns];
        program.A.AddTransposed(y, pulled);
        double largest = program.Lower.Concat(program.Upper).Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        double support = 0;
        for (int i = 0; i < y.Length; i++)
        {
            double bound = y[i] > 0 ? program.Upper[i] : program.Lower[i];
            support += y[i] == 0 ? 0 : double.IsFinite(bound) ? y[i] * bound : Math.Abs(y[i]) * largest;
        }

        return support + (pulled.Sum(Math.Abs) * _reach * (1 + largest)) < -0.5 * violation;
    }

    // Steepest direction in a box along which Q is flat and rows keep within their ranges.
    private static UnboundedProblemException? Unbounded(RangedProgram given, CancellationToken cancellation)
    {
        var scale = RangedScale.Of(given);
        var program = scale.Program;
        int n = program.Unknowns;
        int m = program.Rows;
        var entries = new SparseEntries();
        entries.Add(program.A);
        foreach (var (i, j, v) in program.Q.Entries)
        {
            entries.Add(m + i, j, v);
            if (i != j)
            {
                entries.Add(m + j, i, v);
            }
        }

        for (int j = 0; j < n; j++)
        {
            entries.Add(m + n + j, j, 1);
        }

        double[] Box(double side) => [.. Enumerable.Repeat(side, n)];
        var ray = new RangedProgram(
            SparseMatrix.Of(n, n, [], [], []), program.Linear, entries.Matrix(m + (2 * n), n),
            [.. program.Lower.Select(l => double.IsFinite(l) ? 0 : double.NegativeInfinity), .. new double[n], .. Box(-1)],
            [.. program.Upper.Select(u => double.IsFinite(u) ? 0 : double.PositiveInfinity), .. new double[n], .. Box(1)]);
        var point = RangedInterior.Run(ray, 1e-10, 0, 1e-8, cancellation);
        double slope = program.Linear.Zip(point.X, (q, d) => q * d).Sum();
        return point.Error > 1e-6 || slope > -_flat ? null : new(
            FormattableString.Invariant($"the objective falls for ever along a ray (slope {slope:G4} in the scaled problem): constrain it, or add to Q"),
            slope, scale.Given(point.X, new double[m]).X);
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
        var entries = new SparseEntries();
        entries.Add(scaled);
        for (int j = 0; j < n; j++)
        {
            entries.Add(j, j, _convex);
        }

        var ridged = entries.Matrix(n, n);
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
