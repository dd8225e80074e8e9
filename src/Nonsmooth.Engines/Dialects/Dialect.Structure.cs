using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Engines.Dialects;

public partial class Dialect
{
    /// <summary>The part at one index of axis 0, which goes.</summary>
    public virtual Variable At(Variable x, int index) => x.Slice(0, index, index + 1).Reshape(x.Shape[1..]);

    /// <summary>The part at one index of the last axis, which goes.</summary>
    public virtual Variable AtLast(Variable x, int index) => x.Slice(-1, index, index + 1).Reshape(x.Shape[..^1]);

    /// <summary>The part with indices [start, end) on axis 0.</summary>
    public virtual Variable Between(Variable x, int start, int end) => x.Slice(0, start, end);

    /// <summary>A vector as a column.</summary>
    public virtual Variable Column(Variable x) => x.Reshape(new Shape(x.Shape[0], 1));

    /// <summary>A vector as a row.</summary>
    public virtual Variable Row(Variable x) => x.Reshape(new Shape(1, x.Shape[0]));

    /// <summary>Tensors of one shape along a new axis 0.</summary>
    public virtual Variable Stack(params IReadOnlyList<Variable> parts) =>
        Functions.Concatenate(0, [.. parts.Select(p => p.Reshape(new Shape([1, .. p.Shape.AsSpan()])))]);

    /// <summary>Tensors of one shape along a new last axis.</summary>
    public virtual Variable StackLast(params IReadOnlyList<Variable> parts) =>
        Functions.Concatenate(parts[0].Shape.Rank, [.. parts.Select(p => p.Reshape(new Shape([.. p.Shape.AsSpan(), 1])))]);

    /// <summary>Where two tensors are equal.</summary>
    public virtual Variable Equal(Variable x, Variable y) => Functions.Equal(x, y);

    /// <summary>Where a tensor equals a number.</summary>
    public virtual Variable Equal(Variable x, double y) => Functions.Equal(x, y);

    /// <summary>a where a mask holds, b elsewhere.</summary>
    public virtual Variable Where(Variable mask, Variable a, Variable b) => Functions.Where(mask, a, b);

    /// <summary>A mask as numbers.</summary>
    public virtual Variable AsFloat(Variable mask, Variable x) => Functions.Where(mask, Full(mask, 1), Full(mask, 0));

    /// <summary>A function of single numbers at each place of vectors.</summary>
    protected static Variable Each(Func<Variable, Variable, Variable> function, Variable x, Variable y) =>
        Functions.Concatenate(0, [.. Enumerable.Range(0, x.Shape[0]).Select(i =>
            function(x.Slice(0, i, i + 1), y.Slice(0, i, i + 1)).Reshape(new Shape(1)))]);
}
