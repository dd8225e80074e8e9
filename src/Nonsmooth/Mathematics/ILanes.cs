namespace Nonsmooth.Mathematics;

/// <summary>Some doubles side by side, on which one operation acts at once: what a function is written over.</summary>
/// <typeparam name="V">The lanes themselves.</typeparam>
/// <remarks>
/// Every operation is one of IEEE 754, rounded once, so that a lane's bits depend neither on the width nor on the machine:
/// where there is no instruction that multiplies and adds with one rounding, software does the same. A mask has all bits or none.
/// </remarks>
internal interface ILanes<V>
    where V : struct, ILanes<V>
{
    /// <summary>How many.</summary>
    static abstract int Count { get; }

    double this[int lane] { get; }

    static abstract V Of(double value);

    static abstract V OfBits(ulong bits);

    static abstract V Load(ref readonly double first);

    static abstract void Store(V value, ref double first);

    static abstract V operator +(V left, V right);

    static abstract V operator -(V left, V right);

    static abstract V operator *(V left, V right);

    static abstract V operator /(V left, V right);

    static abstract V operator &(V left, V right);

    static abstract V operator |(V left, V right);

    static abstract V operator ^(V left, V right);

    /// <summary>a·b + c, rounded once.</summary>
    static abstract V Fma(V a, V b, V c);

    static abstract V Sqrt(V value);

    static abstract V Floor(V value);

    /// <summary>The nearest integer, ties to even.</summary>
    static abstract V Round(V value);

    static abstract V Less(V left, V right);

    static abstract V Equal(V left, V right);

    static abstract V Select(V mask, V yes, V no);

    static abstract bool Any(V mask);

    /// <summary>The sum of the bits, read as integers.</summary>
    static abstract V AddBits(V left, V right);

    static abstract V ShiftLeft(V value, int count);

    static abstract V ShiftRight(V value, int count);
}
