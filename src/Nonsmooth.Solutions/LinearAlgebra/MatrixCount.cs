using Nonsmooth.Arithmetic;

namespace Nonsmooth.Solutions;

/// <summary>Nominal counts of decompositions, whose iterations depend on the numbers.</summary>
internal static class MatrixCount
{
    /// <summary>Eigenvalues and eigenvectors of a symmetric matrix: 9n³ multiply-adds.</summary>
    public static OperationCount Eigen(long n) => DenseCount.MultiplyAdds(9 * n * n * n);

    /// <summary>Eigenvalues and eigenvectors of a matrix that is not symmetric: 25n³ multiply-adds.</summary>
    public static OperationCount Schur(long n) => DenseCount.MultiplyAdds(25 * n * n * n);

    /// <summary>Singular values and vectors of m × n: 4mn·min + 9·min³ multiply-adds.</summary>
    public static OperationCount Singular(long m, long n)
    {
        long least = Math.Min(m, n);
        return DenseCount.MultiplyAdds((4 * m * n * least) + (9 * least * least * least));
    }

    /// <summary>Two products with square matrices, n × n.</summary>
    public static OperationCount Turned(long n) => DenseCount.MultiplyAdds(2 * n * n * n);
}
