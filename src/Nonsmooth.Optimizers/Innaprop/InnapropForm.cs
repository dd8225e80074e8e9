namespace Nonsmooth.Optimizers;

/// <summary>Which variables INNAprop keeps beside θ and v.</summary>
/// <remarks>
/// The first three have the same trajectory under any schedule of the rate, up to rounding. The velocity
/// form has the least float32 error and the only one that stays right when α or β change.
/// </remarks>
public enum InnapropForm
{
    /// <summary>State <c>velocity</c>: m₀ = 0, no division by β − γ. For training.</summary>
    Velocity,

    /// <summary>State <c>psi</c>: the authors' form, which divides by β − γ. For reproduction.</summary>
    Psi,

    /// <summary>State <c>psi</c>: explicit Euler, without that division. For reproduction.</summary>
    Euler,

    /// <summary>
    /// State <c>average</c>: the authors' second version. The same trajectory only for a constant rate; its
    /// weight decay is decoupled. For reproduction.
    /// </summary>
    Average,
}
