using Nonsmooth.Arithmetic;

namespace Nonsmooth.Solutions;

/// <summary>Nominal counts of dense linear algebra.</summary>
internal static class DenseCount
{
    /// <summary>Multiplications with as many additions.</summary>
    public static OperationCount MultiplyAdds(long count) =>
        OperationCount.Of(ScalarOperation.Multiply, count) + OperationCount.Of(ScalarOperation.Add, count);

    /// <summary>LU of n × n: (n³ − n)/3 multiplications and additions, n(n − 1)/2 divisions; about 2n³/3.</summary>
    public static OperationCount Factor(long n) =>
        MultiplyAdds(((n * n * n) - n) / 3) + OperationCount.Of(ScalarOperation.Divide, n * (n - 1) / 2);

    /// <summary>A solution and one step of refinement: two solves and the residual.</summary>
    public static OperationCount Refined(long n) => Solve(n) + Solve(n) + MultiplyAdds(n * n);

    /// <summary>Both triangles of a factorisation, for one right-hand side: 2n².</summary>
    public static OperationCount Solve(long n) => MultiplyAdds(n * (n - 1)) + OperationCount.Of(ScalarOperation.Divide, n);
}
