using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>How the rows of a bag are taken together.</summary>
public enum BagMode
{
    /// <summary>Their sum.</summary>
    Sum,

    /// <summary>Their mean; 0 for an empty bag.</summary>
    Mean,

    /// <summary>The largest of each column; 0 for an empty bag.</summary>
    Max,
}

public static partial class Functions
{
    /// <summary>Rows of a table V×D picked by indices and taken together by bags.</summary>
    /// <param name="table">The table.</param>
    /// <param name="indices">B×L, a bag a row; or a line of all, cut by the offsets.</param>
    /// <param name="mode">How.</param>
    /// <param name="offsets">Where each of B bags begins in the line, rising from 0; none for a matrix of indices.</param>
    /// <param name="weights">A factor for each index, for a sum; or none.</param>
    /// <param name="ignored">An index that is in no bag, or none.</param>
    /// <returns>B×D.</returns>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public static Variable EmbeddingBag(
        Variable table, Variable indices, BagMode mode = BagMode.Mean, Variable? offsets = null, Variable? weights = null, int? ignored = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(indices);
        var member = Members(indices, offsets);
        if (ignored is { } none)
        {
            var kept = NotEqual(indices, indices.Builder.Constant(Tensor.Of(Shape.Scalar, [(long)none])));
            member = And(member, kept);
        }

        // Bags B, places L of each, columns D.
        var rows = Embedding(table, indices);
        rows = rows.Shape.Rank == 2 ? rows.Reshape(new Shape(1).Concat(rows.Shape)) : rows;
        rows = weights is null ? rows : rows * weights.Reshape(weights.Shape.Rank == 1 ? new Shape(1, weights.Shape[0], 1) : weights.Shape.Concat(new Shape(1)));
        var places = member.Reshape(member.Shape.Concat(new Shape(1)));
        var count = Cast(member, ElementKind.Real).Sum(true, 1);
        var wide = Broadcasting.Common(places.Shape, rows.Shape);
        rows = Broadcasting.To(rows, wide);
        if (mode == BagMode.Max)
        {
            var best = wide[1] == 0 ? rows.Sum(1) : Where(places, rows, double.NegativeInfinity).Max(1);
            return Where(Greater(count, 0.0), best, 0.0);
        }

        var sum = Where(places, rows, 0.0).Sum(1);
        return mode == BagMode.Sum ? sum : sum / Clamp(count, lower: 1);
    }

    // B×L: which places are the bag's.
    private static Variable Members(Variable indices, Variable? offsets)
    {
        if (offsets is null)
        {
            return indices.Shape.Rank == 2
                ? indices.Builder.Constant(Tensor.Generate(indices.Shape, static _ => true))
                : throw new ShapeException($"an embedding bag without offsets takes a matrix of indices, given {indices.Shape}");
        }

        int bags = offsets.Shape.Elements;
        int length = indices.Shape.Elements;
        var place = indices.Builder.Constant(Tensor.Generate(new Shape(1, length), i => (long)i));
        var starts = offsets.Reshape(new Shape(bags, 1));
        var begun = GreaterEqual(place, starts);
        var counts = Cast(begun, ElementKind.Real);
        var next = bags > 1 ? Concatenate(0, counts.Slice(0, 1, bags), counts.Slice(0, 0, 1) * 0.0) : counts * 0.0;
        return And(begun, Equal(next, 0));
    }
}
