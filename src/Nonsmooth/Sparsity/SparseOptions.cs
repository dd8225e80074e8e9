using Nonsmooth.Selections;

namespace Nonsmooth.Sparsity;

/// <summary>How a sparse derivative is found.</summary>
public sealed record SparseOptions
{
    /// <summary>The usual way.</summary>
    public static SparseOptions Default { get; } = new();

    /// <summary>Names of the inputs whose elements are the columns, in this order. Default none, which means every real input.</summary>
    public IReadOnlyList<string> WithRespectTo { get; init; } = [];

    /// <summary>What holds at kinks. Default <see cref="Selection.Default"/>.</summary>
    public Selection Selection { get; init; } = Selection.Default;

    /// <summary>How a Jacobian is swept. Default <see cref="SparseMode.Cheapest"/>.</summary>
    public SparseMode Mode { get; init; }

    /// <summary>
    /// Whether a Hessian may be found by substitution: fewer products, but entries are differences along trees, whose rounding adds up with their
    /// length. Default false: each entry is that of a single product.
    /// </summary>
    public bool Substitution { get; init; }
}

/// <summary>How the products are made that a sparse Jacobian is found from.</summary>
public enum SparseMode
{
    /// <summary>As fewer operations do it: colours times operations of one product.</summary>
    Cheapest,

    /// <summary>With columns: jvp products, one a colour of the columns.</summary>
    Forward,

    /// <summary>With rows: vjp products, one a colour of the rows.</summary>
    Reverse,
}
