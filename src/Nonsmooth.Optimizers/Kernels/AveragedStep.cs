using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nonsmooth.Optimizers.Kernels;

/// <summary>What rules of Adam's family share around their scaling: m ← β₁m + (1−β₁)d, and θ ← (1−γλ)θ − γ/(1−β₁ᵗ) · what is given.</summary>
internal readonly struct AveragedStep<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T _beta;
    private readonly T _gain;
    private readonly T _minusStep;
    private readonly WeightDecay<T> _decay;

    /// <param name="beta">β₁.</param>
    /// <param name="decay">λ.</param>
    /// <param name="coupled">Whether λθ is part of the gradient d.</param>
    /// <param name="at">The step.</param>
    /// <param name="factor">Of the rate.</param>
    public AveragedStep(double beta, double decay, bool coupled, RuleStep at, double factor = 1)
    {
        _beta = T.CreateChecked(beta);
        _gain = T.CreateChecked(1 - beta);
        _minusStep = T.CreateChecked(-at.Rate * factor / BiasCorrection.Of(beta, at.Count));
        _decay = new WeightDecay<T>(decay, coupled, at);
    }

    /// <summary>Moves the average; d.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Average<TLanes, TVector>(TVector theta, TVector gradient, ref TVector average)
        where TLanes : ILanes<T, TVector>
        where TVector : struct
    {
        TVector direction = _decay.Direction<TLanes, TVector>(theta, gradient);
        average = TLanes.FusedMultiplyAdd(TLanes.Create(_beta), average, TLanes.Multiply(TLanes.Create(_gain), direction));
        return direction;
    }

    /// <summary>θ after the step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector Moved<TLanes, TVector>(TVector theta, TVector scaled)
        where TLanes : ILanes<T, TVector>
        where TVector : struct => TLanes.FusedMultiplyAdd(TLanes.Create(_minusStep), scaled, _decay.Decayed<TLanes, TVector>(theta));
}
