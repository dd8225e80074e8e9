using Nonsmooth.Optimizers.Checks;

namespace Nonsmooth.Optimizers;

/// <summary>
/// INNAprop's (α, β, γ) as what they do: quasi-hyperbolic momentum on scaled gradients,
/// θ ← θ − η((1−κ)e + κg̃) with e the average of the g̃ before, of decay μ.
/// </summary>
/// <param name="Eta">η = γ/α, above 0: the long-run step per unit of scaled gradient; what a learning rate is to AdamW.</param>
/// <param name="Mu">μ = 1 − αγ, above −1 and below 1: the momentum.</param>
/// <param name="Kappa">κ = αβ, above 0: the weight of the newest gradient; above 1 the average gets a negative one.</param>
/// <remarks>
/// The published pairs at the rate γ = 1e-3: (0.1, 0.9) is η = 10γ, μ = 0.9999, κ = 0.09; (2, 2) is η = γ/2,
/// μ = 0.998, κ = 4. Under a schedule of γ both η and μ move.
/// </remarks>
public readonly record struct DampingView(double Eta, double Mu, double Kappa)
{
    /// <summary>Steps until a gradient's share of the average has fallen to 1/e: about 1/(1 − μ); negative μ alternates.</summary>
    public double MemorySteps => 1 / (1 - Mu);

    /// <summary>The step along a scaled gradient that has just appeared: γβ = ηκ.</summary>
    public double InstantStep => Eta * Kappa;

    /// <summary>The largest stable curvature of the scaled problem, 2(2−αγ)/(γ(2β−γ)) where γ ≤ β and infinite where γ ≥ 2β.</summary>
    /// <remarks>Where γ &gt; β, curvatures above α/(γ−β) diverge too; the smaller bound is given.</remarks>
    public double LargestCurvature
    {
        get
        {
            (InnapropOptions options, double rate) = ToOptions();
            double slack = (2 * options.Beta) - rate;
            double oscillation = slack > 0 ? 2 * (1 + Mu) / (rate * slack) : double.PositiveInfinity;
            return rate > options.Beta * (1 + 1e-12) ? Math.Min(oscillation, options.Alpha / (rate - options.Beta)) : oscillation;
        }
    }

    /// <summary>The view of options at a constant rate.</summary>
    /// <exception cref="NonsmoothException">α or the rate is 0 (η is then infinite or 0), or the options cannot be used at this rate.</exception>
    public static DampingView Of(InnapropOptions options, double rate)
    {
        options.Validate();
        options.ValidateRate(rate);
        OptionCheck.Positive("alpha", options.Alpha);
        OptionCheck.Positive("rate", rate);
        return new DampingView(rate / options.Alpha, 1 - (options.Alpha * rate), options.Alpha * options.Beta);
    }

    /// <summary>
    /// The point that steps like AdamW at this learning rate and β₁, except that gradients are scaled
    /// before they are averaged: η the rate, μ = β₁, κ = 1−β₁ (β = γ), or 1−β₁² with Nesterov (β = γ(1+β₁)).
    /// </summary>
    /// <param name="rate">AdamW's learning rate, above 0.</param>
    /// <param name="beta1">AdamW's β₁ ∈ [0, 1).</param>
    /// <param name="nesterov">Look ahead, as NAdamW does.</param>
    /// <remarks>A schedule that lowers the rate also lengthens the memory 1/(αγ), which AdamW's does not.</remarks>
    /// <exception cref="NonsmoothException">A number is out of its range.</exception>
    public static DampingView FromAdamW(double rate, double beta1 = 0.9, bool nesterov = false)
    {
        OptionCheck.Positive("rate", rate);
        OptionCheck.Decay("beta1", beta1);
        return new DampingView(rate, beta1, nesterov ? (1 - beta1) * (1 + beta1) : 1 - beta1);
    }

    /// <summary>The options and the constant rate of this view: γ = √(η(1−μ)), α = √((1−μ)/η), β = κ/α.</summary>
    /// <exception cref="NonsmoothException">A number is out of its range.</exception>
    public (InnapropOptions Options, double Rate) ToOptions()
    {
        OptionCheck.Positive("eta", Eta);
        OptionCheck.Require(Mu is > -1 and < 1, "mu", Mu, "a number above -1 and below 1");
        OptionCheck.Positive("kappa", Kappa);
        double alpha = Math.Sqrt((1 - Mu) / Eta);
        return (new InnapropOptions { Alpha = alpha, Beta = Kappa / alpha }, Math.Sqrt(Eta * (1 - Mu)));
    }
}
