using MathNet.Numerics.LinearAlgebra;

namespace Nonsmooth.Solutions;

/// <summary>A convex quadratic program: ½xᵀQx + qᵀx over Gx ≤ h, Ax = b. Q is symmetric.</summary>
internal sealed record QuadraticData(
    Matrix<double> Q, Vector<double> Linear, Matrix<double> G, Vector<double> H, Matrix<double> A, Vector<double> B)
{
    private const double _least = 1e-13;

    /// <summary>Without equalities.</summary>
    public QuadraticData(Matrix<double> q, Vector<double> linear, Matrix<double> g, Vector<double> h)
        : this(q, linear, g, h, Dense.Zero(0, linear.Count), Vector<double>.Build.Dense(0))
    {
    }

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
    public RangedProgram Ranged()
    {
        var rows = G.Stack(A);
        return new(
            Sparse(Q, (i, j) => i <= j), [.. Linear], Sparse(rows, (_, _) => true),
            [.. Enumerable.Repeat(double.NegativeInfinity, Inequalities), .. B], [.. H, .. B]);
    }

    private static SparseMatrix Sparse(Matrix<double> matrix, Func<int, int, bool> wanted)
    {
        var entries = matrix.EnumerateIndexed(Zeros.AllowSkip).Where(e => e.Item3 != 0 && wanted(e.Item1, e.Item2)).ToArray();
        return SparseMatrix.Of(matrix.RowCount, matrix.ColumnCount, [.. entries.Select(e => e.Item1)], [.. entries.Select(e => e.Item2)], [.. entries.Select(e => e.Item3)]);
    }

    /// <summary>The same problem with rows of length 1, unknowns and an objective of size 1, and how its points become this one's.</summary>
    public (QuadraticData Data, QuadraticScale Scale) Scaled()
    {
        double[] rows = Lengths(G);
        double[] equalities = Lengths(A);
        double unknown = Unknown([.. H.Select((h, i) => h / rows[i]), .. B.Select((b, i) => b / equalities[i])]);
        double size = Math.Max(Dense.Largest(Q.Enumerate()) * unknown * unknown, Dense.Largest(Linear) * unknown);
        double objective = size > 1e-300 && double.IsFinite(size) ? 1 / size : 1;
        return (
            new(
                Q * (unknown * unknown * objective),
                Linear * (unknown * objective),
                Matrix<double>.Build.Dense(G.RowCount, G.ColumnCount, (i, j) => G[i, j] / rows[i]),
                Vector<double>.Build.Dense(H.Count, i => H[i] / (rows[i] * unknown)),
                Matrix<double>.Build.Dense(A.RowCount, A.ColumnCount, (i, j) => A[i, j] / equalities[i]),
                Vector<double>.Build.Dense(B.Count, i => B[i] / (equalities[i] * unknown))),
            new(rows, equalities, unknown, objective));
    }

    // The unconstrained minimum's size, of which constraints that are much larger say nothing; without one theirs.
    private double Unknown(double[] bounds)
    {
        double[] sizes = [.. bounds.Select(Math.Abs).Where(b => b > 0 && double.IsFinite(b))];
        var (quadratic, linear) = (Dense.Largest(Q.Enumerate()), Dense.Largest(Linear));
        double size = quadratic > 0 && linear > 0 ? Math.Max(linear / quadratic, sizes.Length == 0 ? 0 : _least * sizes.Min())
            : sizes.Length == 0 ? 1
            : Math.Min(sizes.Max(), Math.Max(1, sizes.Min()));
        return double.IsFinite(size) && size > 0 ? size : 1;
    }

    private static double[] Lengths(Matrix<double> rows) =>
        [.. Enumerable.Range(0, rows.RowCount).Select(i => rows.Row(i).L2Norm()).Select(l => l == 0 ? 1 : l)];
}
