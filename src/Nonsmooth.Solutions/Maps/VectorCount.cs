using Nonsmooth.Arithmetic;

namespace Nonsmooth.Solutions;

/// <summary>Nominal counts of passes over a vector.</summary>
internal static class VectorCount
{
    /// <summary>n⌈log₂ n⌉ comparisons.</summary>
    public static OperationCount Sort(long n) =>
        OperationCount.Of(ScalarOperation.Compare, n <= 1 ? 0 : n * (long)Math.Ceiling(Math.Log2(n)));

    /// <summary>So many comparisons.</summary>
    public static OperationCount Compares(long n) => OperationCount.Of(ScalarOperation.Compare, n);
}
