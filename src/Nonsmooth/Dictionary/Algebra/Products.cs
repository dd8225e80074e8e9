using Nonsmooth.Arithmetic;

namespace Nonsmooth.Dictionary;

/// <summary>Counts of sums of products.</summary>
internal static class Products
{
    /// <summary>Results that are each a sum of so many products: one addition less than products.</summary>
    public static OperationCount Count(long results, long productsEach) =>
        Count(checked(results * productsEach), productsEach == 0 ? 0 : results, 0);

    /// <summary>So many products in sums, so many of them not empty, a bias added to so many of those.</summary>
    public static OperationCount Count(long products, long sums, long biases) =>
        OperationCount.Of(ScalarOperation.Multiply, products)
        + OperationCount.Of(ScalarOperation.Add, products - sums + biases);
}
