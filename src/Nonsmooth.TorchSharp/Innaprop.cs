using Nonsmooth.Optimizers;
using Nonsmooth.Optimizers.Workers;
using TorchSharp.Modules;

namespace Nonsmooth.TorchSharp;

/// <summary>INNAprop for a TorchSharp module: second-order information at AdamW's memory. See <see cref="InnapropOptions"/> for what it computes.</summary>
public sealed class Innaprop : KernelOptimizer
{
    /// <summary>INNAprop over these parameters.</summary>
    /// <param name="parameters">E.g. <c>model.parameters()</c>.</param>
    /// <param name="lr">γ ≥ 0; αγ must stay below 2. The long-run step is γ/α.</param>
    /// <param name="alpha">Viscous damping, at least 0.</param>
    /// <param name="beta">Newtonian damping, above 0.</param>
    /// <param name="sigma">Decay of the average squared gradient, in [0, 1).</param>
    /// <param name="eps">Added to the root, at least 0.</param>
    /// <param name="weight_decay">λ, at least 0, decoupled.</param>
    /// <param name="maximize">Go up the gradient.</param>
    /// <param name="pool">As for <see cref="KernelOptimizer"/>.</param>
    /// <exception cref="NonsmoothException">An option is out of its range, or a parameter cannot be used.</exception>
    public Innaprop(
        IEnumerable<Parameter> parameters,
        double lr = 1e-3,
        double alpha = 0.1,
        double beta = 0.9,
        double sigma = 0.999,
        double eps = 1e-8,
        double weight_decay = 0.01,
        bool maximize = false,
        WorkerPool? pool = null)
        : base(
            parameters,
            new InnapropOptions { Alpha = alpha, Beta = beta, Sigma = sigma, Epsilon = eps, WeightDecay = weight_decay, Maximize = maximize },
            lr,
            pool)
    {
    }
}
