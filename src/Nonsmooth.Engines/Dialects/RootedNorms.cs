using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Engines.Dialects;

/// <summary>Engines whose norms are compositions: √Σx², Σ|x|, max |x|, (Σ|x|ᵖ)^(1/p).</summary>
public abstract class RootedNorms : Dialect
{
    /// <inheritdoc/>
    public override Variable Norm(Variable x, double order) => order switch
    {
        1 => Sum(Abs(x)),
        2 => Sqrt(Sum(x * x)),
        double.PositiveInfinity => Max(Abs(x)),
        double.NegativeInfinity => Min(Abs(x)),
        0 => base.Norm(x, order),
        _ => Power(Sum(Power(Abs(x), order)), 1 / order),
    };

    /// <inheritdoc/>
    public override Variable Norm0(Variable x, double order) => order switch
    {
        1 => Sum0(Abs(x)),
        2 => Sqrt(Sum0(x * x)),
        double.PositiveInfinity => Max0(Abs(x)),
        _ => base.Norm0(x, order),
    };

    /// <inheritdoc/>
    public override Variable Std(Variable x) => Sqrt(Var(x));

    /// <inheritdoc/>
    public override Variable Ptp(Variable x) => Max(x) - Min(x);
}
