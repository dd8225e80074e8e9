using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nonsmooth.Optimizers.Kernels;

/// <summary>Weight decay where an optimizer offers both places: λθ in the gradient, or θ ← (1−γλ)θ.</summary>
internal readonly struct WeightDecay<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _coupled;
    private readonly T _minusDecay;

    public WeightDecay(double decay, bool coupled, RuleStep at)
    {
        _coupled = T.CreateChecked(at.Decay && coupled ? decay : 0);
        _minusDecay = T.CreateChecked(at.Decay && !coupled ? -at.Rate * decay : 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Direction<TLanes, TVector>(TVector theta, TVector gradient)
        where TLanes : ILanes<T, TVector>
        where TVector : struct => TLanes.FusedMultiplyAdd(TLanes.Create(_coupled), theta, gradient);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Decayed<TLanes, TVector>(TVector theta)
        where TLanes : ILanes<T, TVector>
        where TVector : struct => TLanes.FusedMultiplyAdd(TLanes.Create(_minusDecay), theta, theta);
}
