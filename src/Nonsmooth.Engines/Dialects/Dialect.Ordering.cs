using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Engines.Dialects;

public partial class Dialect
{
    /// <summary>Ascending.</summary>
    public virtual Variable Sort(Variable x) => x.Sort().Values;

    /// <summary>Descending.</summary>
    public virtual Variable SortDescending(Variable x) => x.Sort(descending: true).Values;

    /// <summary>Ascending along axis 0.</summary>
    public virtual Variable Sort0(Variable x) => x.Sort(0).Values;

    /// <summary>x at the positions that sort it.</summary>
    public virtual Variable GatherArgsort(Variable x) => Functions.Gather(x, x.Sort().Indices, 0);

    /// <summary>x at the position of its greatest.</summary>
    public virtual Variable TakeArgmax(Variable x) => Functions.Gather(x, x.ArgMax().Reshape(new Shape(1)), 0);

    /// <summary>x at the position of its least.</summary>
    public virtual Variable TakeArgmin(Variable x) => Functions.Gather(x, (-x).ArgMax().Reshape(new Shape(1)), 0);

    /// <summary>The k greatest, descending.</summary>
    public virtual Variable Topk(Variable x, int k) => x.TopK(k).Values;

    /// <summary>The k greatest along the last axis.</summary>
    public virtual Variable TopkLast(Variable x, int k) => x.TopK(k).Values;

    /// <summary>The median of all.</summary>
    public virtual Variable Median(Variable x) => x.Median().Value;

    /// <summary>The median over axis 0.</summary>
    public virtual Variable Median0(Variable x) => x.Median(0).Value;

    /// <summary>The running maximum.</summary>
    public virtual Variable Cummax(Variable x) => x.CumulativeMaximum().Values;

    /// <summary>The threshold that sparsemax subtracts: (Σ of the n greatest − 1)/n, n the number above it.</summary>
    public virtual Variable SparsemaxThreshold(Variable x)
    {
        var sorted = SortDescending(x);
        var sums = sorted.CumulativeSum();
        var ranks = Constant(x, [.. Enumerable.Range(1, x.Shape[0]).Select(i => (double)i)]);
        var above = AsFloat((ranks * sorted) + 1 > sums, x);
        var last = (above * ranks).ArgMax().Reshape(new Shape(1));
        return (Functions.Gather(sums, last, 0) - 1) / above.Sum();
    }
}
