namespace Nonsmooth.LibTorch.Execution.Kernels;

/// <summary>What a loop over the planes of a max pooling's derivative reads and writes.</summary>
internal unsafe struct MaxPoolWork
{
    public void* X;
    public long* Index;
    public void* Direction;
    public void* Result;

    /// <summary>Whether only the index decides: the rule gives all to the first.</summary>
    public bool First;

    /// <summary>Whether windows are 2×2 without overlap: then weights are those of <see cref="PairPatterns{T}"/>.</summary>
    public bool Pairs;
    public void* Weights;

    /// <summary>The second array of the table: which weights are 0, or which are not, as masks.</summary>
    public void* Marks;
    public bool* Covered;
    public int* Rows;
    public int* Columns;
    public int OutputHeight;
    public int OutputWidth;
    public int Height;
    public int Width;
    public int RowStep;
    public int ColumnStep;

    public readonly long Plane => (long)Height * Width;

    public readonly long Windows => (long)OutputHeight * OutputWidth;
}
