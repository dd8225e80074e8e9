using Nonsmooth.Programs;

namespace Nonsmooth.Engines.Dialects;

/// <summary>CasADi's scalar graphs (SX): the greatest of several is folded from the left by fmax.</summary>
public sealed class CasadiScalarDialect : CasadiDialect
{
    /// <inheritdoc/>
    public override Variable Max(Variable x) => Fold(x, Maximum);

    /// <inheritdoc/>
    public override Variable Min(Variable x) => Fold(x, Minimum);

    private Variable Fold(Variable x, Func<Variable, Variable, Variable> of) =>
        Enumerable.Range(1, x.Shape[0] - 1).Aggregate(At(x, 0), (y, i) => of(y, At(x, i)));
}
