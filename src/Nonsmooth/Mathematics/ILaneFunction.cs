namespace Nonsmooth.Mathematics;

/// <summary>A function written once over lanes.</summary>
internal interface ILaneFunction
{
    static abstract V At<V>(V x)
        where V : struct, ILanes<V>;

    /// <summary>A mask of the arguments that <see cref="At{V}"/> does not serve.</summary>
    static virtual V IsRare<V>(V x)
        where V : struct, ILanes<V> => V.Of(0);

    /// <summary>Whether there are such arguments.</summary>
    static virtual bool HasRare => false;

    /// <summary>The value at an argument that <see cref="At{V}"/> does not serve.</summary>
    static virtual double AtRare(double x) => throw new InvalidOperationException("no argument is rare");
}
