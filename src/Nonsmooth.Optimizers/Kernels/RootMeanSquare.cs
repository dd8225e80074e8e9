using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nonsmooth.Optimizers.Kernels;

/// <summary>
/// The denominator shared by the adaptive rules: v ← σv + (1−σ)g², then √(v/(1−σᵗ) + ε′) + ε, ε′ mostly 0. Raw, ε is divided
/// by √(1−σᵗ) too.
/// </summary>
internal readonly struct RootMeanSquare<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _decay;
    private readonly T _gain;
    private readonly T _correction;
    private readonly T _epsilon;
    private readonly T _inner;

    public RootMeanSquare(double decay, double epsilon, long step, bool raw = false, double inner = 0)
    {
        double bias = BiasCorrection.Of(decay, step);
        _decay = T.CreateChecked(decay);
        _gain = T.CreateChecked(1 - decay);
        _correction = T.CreateChecked(1 / Math.Sqrt(bias));
        _epsilon = T.CreateChecked(raw ? epsilon / Math.Sqrt(bias) : epsilon);
        _inner = T.CreateChecked(inner * bias);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Denominator<TLanes, TVector>(TVector gradient, ref TVector average)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        TVector gained = TLanes.Multiply(TLanes.Create(_gain), gradient);
        average = TLanes.FusedMultiplyAdd(gained, gradient, TLanes.Multiply(TLanes.Create(_decay), average));
        return TLanes.FusedMultiplyAdd(TLanes.Sqrt(TLanes.Add(average, TLanes.Create(_inner))), TLanes.Create(_correction), TLanes.Create(_epsilon));
    }
}
