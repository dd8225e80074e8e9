namespace Nonsmooth.Engines.Conformance;

/// <summary>The directions that functions of whole arrays were differentiated along.</summary>
internal static class Cycle
{
    private static readonly double[] _cotangent = [1, 2, 4, 8, 0.5, 16, 0.25, 32];
    private static readonly double[] _tangent = [1, -0.5, 0.25, 2, -1, 0.5, 4, -2];

    /// <summary>The cotangent over a flat output.</summary>
    public static double[] Cotangent(int count) => [.. Enumerable.Range(0, count).Select(i => _cotangent[i % _cotangent.Length])];

    /// <summary>The tangent over all arguments in a row, from one of them on.</summary>
    public static double[] Tangent(int start, int count) => [.. Enumerable.Range(start, count).Select(i => _tangent[i % _tangent.Length])];
}
