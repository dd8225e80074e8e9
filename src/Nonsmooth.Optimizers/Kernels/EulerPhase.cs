using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nonsmooth.Optimizers.Kernels;

/// <summary>
/// One explicit Euler step of DIN in phase space: θ′ = (1−γλ)θ, u = (1/β − α)θ′ − ψ/β, ψ ← ψ + γu,
/// θ ← θ′ + γ(u − βd) for a descent direction d.
/// </summary>
internal readonly struct EulerPhase<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _minusDecay;
    private readonly T _spring;
    private readonly T _minusInverseBeta;
    private readonly T _rate;
    private readonly T _minusInstant;

    public EulerPhase(double alpha, double beta, double weightDecay, double rate)
    {
        _minusDecay = T.CreateChecked(-rate * weightDecay);
        _spring = T.CreateChecked((1 / beta) - alpha);
        _minusInverseBeta = T.CreateChecked(-1 / beta);
        _rate = T.CreateChecked(rate);
        _minusInstant = T.CreateChecked(-rate * beta);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance<TLanes, TVector>(ref TVector theta, TVector direction, ref TVector psi)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        TVector decayed = TLanes.FusedMultiplyAdd(TLanes.Create(_minusDecay), theta, theta);
        TVector u = TLanes.FusedMultiplyAdd(
            TLanes.Create(_minusInverseBeta), psi, TLanes.Multiply(TLanes.Create(_spring), decayed));
        psi = TLanes.FusedMultiplyAdd(TLanes.Create(_rate), u, psi);
        TVector drifted = TLanes.FusedMultiplyAdd(TLanes.Create(_rate), u, decayed);
        theta = TLanes.FusedMultiplyAdd(TLanes.Create(_minusInstant), direction, drifted);
    }
}
