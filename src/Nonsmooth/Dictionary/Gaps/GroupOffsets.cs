using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>Where the elements are that a reduction puts into one result.</summary>
internal sealed class GroupOffsets
{
    private readonly int[] _sizes;
    private readonly int[] _steps;

    public GroupOffsets(Shape shape, IntVector axes)
    {
        var strides = shape.Strides();
        int[] kept = [.. Enumerable.Range(0, shape.Rank).Where(a => !axes.Contains(a))];
        (_sizes, _steps) = ([.. kept.Select(a => shape[a])], [.. kept.Select(a => strides[a])]);
        Within = Positions.Of(new Shape([.. axes.Select(a => shape[a])]), [.. axes.Select(a => strides[a])]);
    }

    /// <summary>Offsets of a group's elements from its first, row-major.</summary>
    public int[] Within { get; }

    /// <summary>Position of a group's first element.</summary>
    public int Base(int result)
    {
        int position = 0;
        for (int a = _sizes.Length - 1; a >= 0; a--)
        {
            (result, int index) = Math.DivRem(result, _sizes[a]);
            position += index * _steps[a];
        }

        return position;
    }
}
