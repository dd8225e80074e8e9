using System.Numerics;

namespace Nonsmooth.Optimizers.Kernels;

/// <summary>
/// The arithmetic an update rule is written in: <typeparamref name="TVector"/> holds
/// <see cref="Width"/> independent numbers of type <typeparamref name="T"/>.
/// </summary>
/// <remarks>
/// Every operation is correctly rounded and acts on each lane alone, so a rule gives the same bits in
/// every width; a NaN stays a NaN, but its payload is not promised.
/// </remarks>
/// <typeparam name="T">The number.</typeparam>
/// <typeparam name="TVector">What holds the lanes: a SIMD vector, or the number itself.</typeparam>
public interface ILanes<T, TVector>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
{
    /// <summary>The number of lanes.</summary>
    static abstract int Width { get; }

    /// <summary>The same number in every lane.</summary>
    static abstract TVector Create(T value);

    /// <summary>Reads <see cref="Width"/> consecutive numbers; no alignment is needed.</summary>
    static abstract unsafe TVector Load(T* source);

    /// <summary>Writes <see cref="Width"/> consecutive numbers; no alignment is needed.</summary>
    static abstract unsafe void Store(TVector value, T* destination);

    /// <summary>x + y.</summary>
    static abstract TVector Add(TVector x, TVector y);

    /// <summary>x·y.</summary>
    static abstract TVector Multiply(TVector x, TVector y);

    /// <summary>x/y.</summary>
    static abstract TVector Divide(TVector x, TVector y);

    /// <summary>√x.</summary>
    static abstract TVector Sqrt(TVector x);

    /// <summary>x·y + z, rounded once.</summary>
    static abstract TVector FusedMultiplyAdd(TVector x, TVector y, TVector z);

    /// <summary>Where a &gt; b, x, and y elsewhere, NaN included.</summary>
    static abstract TVector WhereGreater(TVector a, TVector b, TVector x, TVector y);
}
