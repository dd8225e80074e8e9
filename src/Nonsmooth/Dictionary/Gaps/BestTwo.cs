using System.Numerics;

namespace Nonsmooth.Dictionary;

/// <summary>The best and the second best of elements that compete.</summary>
internal struct BestTwo<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T _best = T.NegativeInfinity;
    private T _second = T.NegativeInfinity;
    private int _count;
    private bool _nan;

    public BestTwo()
    {
    }

    /// <summary>How far the best is ahead: ∞ without competitor, NaN with a NaN.</summary>
    public readonly T Gap =>
        _nan ? T.NaN : _count < 2 ? T.PositiveInfinity : _best == _second ? T.Zero : _best - _second;

    public readonly T Scale => T.Abs(_best);

    public void Add(T value)
    {
        _count++;
        _nan |= T.IsNaN(value);

        // Without branches, which data decide at random.
        _second = T.MaxNative(_second, T.MinNative(_best, value));
        _best = T.MaxNative(_best, value);
    }
}
