using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nonsmooth.Optimizers.Kernels;

/// <summary>Functions of lanes with kinks. A NaN argument gives NaN, so that it is seen.</summary>
internal static class LaneMath
{
    /// <summary>1, −1, or x itself where it is ±0 or NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sign<T, TLanes, TVector>(TVector x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        TVector zero = TLanes.Create(T.Zero);
        return TLanes.WhereGreater(x, zero, TLanes.Create(T.One), TLanes.WhereGreater(zero, x, TLanes.Create(T.NegativeOne), x));
    }

    /// <summary>|x|, with ±0 as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Abs<T, TLanes, TVector>(TVector x)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLanes : ILanes<T, TVector>
        where TVector : struct => TLanes.WhereGreater(TLanes.Create(T.Zero), x, TLanes.Multiply(TLanes.Create(T.NegativeOne), x), x);

    /// <summary>x within [−bound, bound].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Clamp<T, TLanes, TVector>(TVector x, T bound)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        TVector high = TLanes.Create(bound);
        TVector low = TLanes.Create(-bound);
        return TLanes.WhereGreater(x, high, high, TLanes.WhereGreater(low, x, low, x));
    }

    /// <summary>x, or the floor where x is below it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector AtLeast<T, TLanes, TVector>(TVector x, T floor)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        TVector low = TLanes.Create(floor);
        return TLanes.WhereGreater(low, x, low, x);
    }
}
