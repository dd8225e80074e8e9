using MathNet.Numerics.LinearAlgebra;

namespace Nonsmooth.Solutions;

/// <summary>A convex quadratic program: ½xᵀQx + qᵀx over Gx ≤ h, Ax = b. Q is symmetric.</summary>
internal sealed record QuadraticData(
    Matrix<double> Q, Vector<double> Linear, Matrix<double> G, Vector<double> H, Matrix<double> A, Vector<double> B)
{
    private const double _least = 1e-13;
    private double[]? _curved;
    private RowSet? _inequality;
    private RowSet? _equality;
    private RangedProgram? _ranged;

    /// <summary>Without equalities.</summary>
    public QuadraticData(Matrix<double> q, Vector<double> linear, Matrix<double> g, Vector<double> h)
        : this(q, linear, g, h, Dense.Zero(0, linear.Count), Vector<double>.Build.Dense(0))
    {
    }

    // What was made of other matrices is not copied.
    private QuadraticData(QuadraticData other) => (Q, Linear, G, H, A, B) = (other.Q, other.Linear, other.G, other.H, other.A, other.B);

    /// <summary>Q's numbers, which are the same by rows and by columns.</summary>
    public double[] Curved => _curved ??= Q.AsColumnMajorArray() ?? Q.ToColumnMajorArray();

    /// <summary>G by its rows.</summary>
    public RowSet Inequality => _inequality ??= new(G);

    /// <summary>A by its rows.</summary>
    public RowSet Equality => _equality ??= new(A);

    public int Unknowns => Linear.Count;

    public int Inequalities => H.Count;

    public int Equalities => B.Count;

    /// <summary>The KKT matrix in which the given inequalities are equalities.</summary>
    public Matrix<double> Kkt(IReadOnlyList<int> active)
    {
        int n = Unknowns;
        var k = Dense.Zero(n + active.Count + Equalities, n + active.Count + Equalities);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                k[i, j] = Q[i, j];
            }

            for (int a = 0; a < active.Count; a++)
            {
                k[n + a, i] = k[i, n + a] = G[active[a], i];
            }

            for (int e = 0; e < Equalities; e++)
            {
                k[n + active.Count + e, i] = k[i, n + active.Count + e] = A[e, i];
            }
        }

        return k;
    }

    /// <summary>The same as a program over ranges: inequalities, then equalities.</summary>
    public RangedProgram Ranged() => _ranged ??= new(
        Sparse(Unknowns, Curved, [], true), [.. Linear], Sparse(Unknowns, Inequality.Numbers, Equality.Numbers, false),
        [.. Enumerable.Repeat(double.NegativeInfinity, Inequalities), .. B], [.. H, .. B]);

    // Of symmetric numbers the upper triangle; of others both, one below the other.
    private static SparseMatrix Sparse(int columns, double[] upper, double[] lower, bool isSymmetric)
    {
        int rows = columns == 0 ? 0 : upper.Length / columns;
        int all = columns == 0 ? 0 : rows + (lower.Length / columns);
        var (starts, indices, values) = (new int[columns + 1], new List<int>(), new List<double>());
        for (int j = 0; j < columns; j++)
        {
            for (int i = 0; i < (isSymmetric ? j + 1 : all); i++)
            {
                double value = i < rows ? upper[(i * columns) + j] : lower[((i - rows) * columns) + j];
                if (value != 0)
                {
                    indices.Add(i);
                    values.Add(value);
                }
            }

            starts[j + 1] = indices.Count;
        }

        return new(all, columns, starts, [.. indices], [.. values]);
    }

    /// <summary>The same problem with rows of length 1, unknowns and an objective of size 1, and how its points become this one's.</summary>
    public (QuadraticData Data, QuadraticScale Scale) Scaled()
    {
        double[] rows = Lengths(Inequality);
        double[] equalities = Lengths(Equality);
        double unknown = Unknown([.. H.Select((h, i) => h / rows[i]), .. B.Select((b, i) => b / equalities[i])]);
        double size = Math.Max(Lanes.Largest(Curved) * unknown * unknown, Dense.Largest(Linear) * unknown);
        double objective = size > 1e-300 && double.IsFinite(size) ? 1 / size : 1;
        return (
            new(
                Q * (unknown * unknown * objective),
                Linear * (unknown * objective),
                Divided(G, rows),
                Vector<double>.Build.Dense(H.Count, i => H[i] / (rows[i] * unknown)),
                Divided(A, equalities),
                Vector<double>.Build.Dense(B.Count, i => B[i] / (equalities[i] * unknown))),
            new(rows, equalities, unknown, objective));
    }

    // The unconstrained minimum's size, of which constraints that are much larger say nothing; without one theirs.
    private double Unknown(double[] bounds)
    {
        double[] sizes = [.. bounds.Select(Math.Abs).Where(b => b > 0 && double.IsFinite(b))];
        var (quadratic, linear) = (Lanes.Largest(Curved), Dense.Largest(Linear));
        double size = quadratic > 0 && linear > 0 ? Math.Max(linear / quadratic, sizes.Length == 0 ? 0 : _least * sizes.Min())
            : sizes.Length == 0 ? 1
            : Math.Min(sizes.Max(), Math.Max(1, sizes.Min()));
        return double.IsFinite(size) && size > 0 ? size : 1;
    }

    private static Matrix<double> Divided(Matrix<double> matrix, double[] lengths)
    {
        double[] numbers = matrix.ToColumnMajorArray();
        for (int k = 0; k < numbers.Length; k++)
        {
            numbers[k] /= lengths[k % lengths.Length];
        }

        return Matrix<double>.Build.Dense(matrix.RowCount, matrix.ColumnCount, numbers);
    }

    private static double[] Lengths(RowSet rows)
    {
        double[] lengths = new double[rows.Count];
        for (int i = 0; i < lengths.Length; i++)
        {
            // Squares may overflow, or vanish.
            double square = Lanes.Dot(rows.Row(i), rows.Row(i));
            double length = square is > 1e-200 and < 1e200 ? Math.Sqrt(square) : Vector<double>.Build.Dense(rows.Row(i).ToArray()).L2Norm();
            lengths[i] = length == 0 ? 1 : length;
        }

        return lengths;
    }
}
