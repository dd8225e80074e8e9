using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nonsmooth.Optimizers.Kernels;

/// <summary>One pass over memory that applies a rule to every coordinate: each array is read and written once.</summary>
internal static class Sweep<TRule, T>
    where TRule : struct, IUpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Advances as many whole vectors as fit in [start, length) and returns where it stopped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe long Run<TLanes, TVector>(
        TRule rule, T scale, T* theta, T* gradient, T* first, T* second, T* third, long start, long length)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        TVector factor = TLanes.Create(scale);
        long i = start;
        for (; i + TLanes.Width <= length; i += TLanes.Width)
        {
            TVector x = TLanes.Load(theta + i);
            TVector g = TLanes.Multiply(factor, TLanes.Load(gradient + i));
            TVector s1 = default;
            TVector s2 = default;
            TVector s3 = default;
            if (TRule.StateCount > 0)
            {
                s1 = TLanes.Load(first + i);
            }

            if (TRule.StateCount > 1)
            {
                s2 = TLanes.Load(second + i);
            }

            if (TRule.StateCount > 2)
            {
                s3 = TLanes.Load(third + i);
            }

            rule.Update<TLanes, TVector>(ref x, g, ref s1, ref s2, ref s3);
            TLanes.Store(x, theta + i);
            if (TRule.StateCount > 0)
            {
                TLanes.Store(s1, first + i);
            }

            if (TRule.StateCount > 1)
            {
                TLanes.Store(s2, second + i);
            }

            if (TRule.StateCount > 2)
            {
                TLanes.Store(s3, third + i);
            }
        }

        return i;
    }
}

/// <summary>The float32 pass: the widest vectors allowed, then narrower ones on the tail.</summary>
internal static class Sweep<TRule>
    where TRule : struct, IUpdateRule<float>
{
    public static unsafe void Run(
        in TRule rule, LaneWidth lanes, float scale, float* theta, float* gradient, float* first, float* second, float* third, long length)
    {
        long done = 0;
        if (Vector512.IsHardwareAccelerated && lanes == LaneWidth.Widest)
        {
            done = Sweep<TRule, float>.Run<Lanes512, Vector512<float>>(
                rule, scale, theta, gradient, first, second, third, done, length);
        }

        if (Vector256.IsHardwareAccelerated && lanes <= LaneWidth.Bits256)
        {
            done = Sweep<TRule, float>.Run<Lanes256, Vector256<float>>(
                rule, scale, theta, gradient, first, second, third, done, length);
        }

        if (Vector128.IsHardwareAccelerated && lanes <= LaneWidth.Bits128)
        {
            done = Sweep<TRule, float>.Run<Lanes128, Vector128<float>>(
                rule, scale, theta, gradient, first, second, third, done, length);
        }

        Sweep<TRule, float>.Run<ScalarLanes<float>, float>(
            rule, scale, theta, gradient, first, second, third, done, length);
    }
}
