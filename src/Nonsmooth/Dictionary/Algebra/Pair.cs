using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>A number for rows and one for columns: how functions of planes take kernels, strides, paddings.</summary>
/// <param name="Rows">The number for rows, the outer axis.</param>
/// <param name="Columns">The number for columns, the inner axis.</param>
/// <remarks>One number stands for both; so does a tuple: <c>stride: 2</c>, <c>padding: (1, 0)</c>.</remarks>
public readonly record struct Pair(int Rows, int Columns)
{
    /// <summary>The same number for both axes.</summary>
    public static implicit operator Pair(int both) => new(both, both);

    /// <summary>A number for each axis.</summary>
    public static implicit operator Pair((int Rows, int Columns) pair) => new(pair.Rows, pair.Columns);

    /// <summary>The pair as an attribute of a function.</summary>
    public static implicit operator IntVector(Pair pair) => [pair.Rows, pair.Columns];

    internal static IntVector Or(Pair? pair, int otherwise) => pair ?? new Pair(otherwise, otherwise);
}
