namespace Nonsmooth.Solutions;

/// <summary>A quadratic program over ranges: ½xᵀQx + qᵀx over l ≤ Ax ≤ u, Q by its upper triangle; bounds may be infinite, a row with l = u is an equality.</summary>
internal sealed record RangedProgram(SparseMatrix Q, double[] Linear, SparseMatrix A, double[] Lower, double[] Upper)
{
    private RangedScale? _units;

    // What was made of other numbers is not copied.
    private RangedProgram(RangedProgram other) => (Q, Linear, A, Lower, Upper) = (other.Q, other.Linear, other.A, other.Lower, other.Upper);

    /// <summary>The program in units in which entries are about 1.</summary>
    public RangedScale Units => _units ??= RangedScale.Of(this);

    public int Unknowns => Linear.Length;

    public int Rows => Lower.Length;

    /// <summary>y + factor·Qx.</summary>
    public void AddQuadratic(double[] x, double[] y, double factor = 1)
    {
        for (int j = 0; j < Unknowns; j++)
        {
            var (sum, scaled) = (0.0, factor * x[j]);
            for (int k = Q.Starts[j]; k < Q.Starts[j + 1]; k++)
            {
                int i = Q.Indices[k];
                y[i] += Q.Values[k] * scaled;
                sum += i == j ? 0 : Q.Values[k] * x[i];
            }

            y[j] += factor * sum;
        }
    }

    /// <summary>The largest of dual error, primal error and gap.</summary>
    public double Error(double[] x, double[] y) => Math.Max(DualError(x, y), Math.Max(PrimalError(x), Gap(x, y)));

    /// <summary>Qx + q + Aᵀy, each row divided by 1 + its largest term.</summary>
    public double DualError(double[] x, double[] y)
    {
        double[] gradient = [.. Linear];
        AddQuadratic(x, gradient);
        A.AddTransposed(y, gradient);
        return Worst(gradient, Terms(x, y));
    }

    /// <summary>The largest term of each row of Qx + q + Aᵀy.</summary>
    public double[] Terms(double[] x, double[] y)
    {
        double[] terms = [.. Linear.Select(Math.Abs)];
        for (int j = 0; j < Unknowns; j++)
        {
            for (int k = Q.Starts[j]; k < Q.Starts[j + 1]; k++)
            {
                int i = Q.Indices[k];
                terms[i] = Math.Max(terms[i], Math.Abs(Q.Values[k] * x[j]));
                terms[j] = Math.Max(terms[j], Math.Abs(Q.Values[k] * x[i]));
            }

            for (int k = A.Starts[j]; k < A.Starts[j + 1]; k++)
            {
                terms[j] = Math.Max(terms[j], Math.Abs(A.Values[k] * y[A.Indices[k]]));
            }
        }

        return terms;
    }

    /// <summary>By how much rows leave their ranges, each divided by 1 + its largest term.</summary>
    public double PrimalError(double[] x)
    {
        var (rows, terms) = (new double[Rows], new double[Rows]);
        A.Add(x, rows);
        for (int j = 0; j < Unknowns; j++)
        {
            for (int k = A.Starts[j]; k < A.Starts[j + 1]; k++)
            {
                terms[A.Indices[k]] = Math.Max(terms[A.Indices[k]], Math.Abs(A.Values[k] * x[j]));
            }
        }

        for (int i = 0; i < Rows; i++)
        {
            rows[i] = Math.Max(0, Math.Max(Lower[i] - rows[i], rows[i] - Upper[i]));
        }

        return Worst(rows, terms);
    }

    /// <summary>The difference of objective and dual objective, divided by 1 + the largest term of both.</summary>
    public double Gap(double[] x, double[] y)
    {
        double[] curved = new double[Unknowns];
        AddQuadratic(x, curved);
        var (sum, largest) = (0.0, 0.0);
        for (int j = 0; j < Unknowns; j++)
        {
            sum += (curved[j] + Linear[j]) * x[j];
        }

        (double quadratic, double linear) = (curved.Zip(x, (c, v) => c * v).Sum(), Linear.Zip(x, (c, v) => c * v).Sum());
        largest = Math.Max(Math.Abs(quadratic), Math.Abs(linear));
        double support = 0;
        for (int i = 0; i < Rows; i++)
        {
            double bound = y[i] > 0 ? Upper[i] : Lower[i];
            support += y[i] == 0 ? 0 : y[i] * bound;
        }

        return Math.Abs(sum + support) / (1 + Math.Max(largest, Math.Abs(support)));
    }

    private static double Worst(double[] error, double[] terms)
    {
        double worst = 0;
        for (int i = 0; i < error.Length; i++)
        {
            double relative = Math.Abs(error[i]) / (1 + terms[i]);
            worst = double.IsNaN(relative) ? double.PositiveInfinity : Math.Max(worst, relative);
        }

        return worst;
    }
}
