using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Engines.Dialects;

/// <summary>PaddlePaddle's compositions; erfc as it was asked, 1 − erf.</summary>
public sealed class PaddleDialect : Dialect
{
    /// <inheritdoc/>
    public override Variable Erfc(Variable x) => 1.0 - Erf(x);

    /// <inheritdoc/>
    public override Variable Normalize(Variable x)
    {
        var norm = Norm(x, 2);
        return x / Maximum(norm, Full(norm, 1e-12));
    }
}
