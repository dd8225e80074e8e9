namespace Nonsmooth.Optimizers;

/// <summary>How INNAprop's weight decay acts. The two agree when λ = 0 or αβ = 1.</summary>
public enum InnapropWeightDecay
{
    /// <summary>θ is multiplied by 1 − γλ and the velocity does not see it: without gradient θ decays, monotonically.</summary>
    Decoupled,

    /// <summary>
    /// As published: θ is shrunk before the phase variable is updated, which makes it a spring inside the
    /// inertia. Without gradient θ oscillates when (α+λ)² &lt; 4λ/β, which holds at the authors' defaults.
    /// </summary>
    Published,
}
