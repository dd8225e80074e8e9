using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Engines.Dialects;

/// <summary>JAX's compositions, as its public functions define them.</summary>
/// <remarks>
/// <c>jnp.clip</c> is a minimum of a maximum; a median, and any quantile, interpolates between elements of the stable sort;
/// a descending sort is the ascending one, reversed; the maximum in an ∞-norm starts from 0; <c>hard_sigmoid</c>, <c>celu</c>, <c>soft_sign</c>, <c>log_sigmoid</c> and <c>mish</c> are written with relu6, maximum, abs, softplus and tanh.
/// </remarks>
public sealed class JaxDialect : RootedNorms
{
    /// <inheritdoc/>
    public override Variable ReluModule(Variable x) => MaximumScalar(x, 0);

    /// <inheritdoc/>
    public override Variable Clip(Variable x, double? lower, double? upper) =>
        ClipTensor(x, lower is { } l ? Full(x, l) : null, upper is { } u ? Full(x, u) : null);

    /// <inheritdoc/>
    public override Variable ClipTensor(Variable x, Variable? lower, Variable? upper)
    {
        var raised = lower is null ? x : Maximum(lower, x);
        return upper is null ? raised : Minimum(upper, raised);
    }

    /// <inheritdoc/>
    public override Variable Hardsigmoid(Variable x) => Relu6(x + 3) / Full(x, 6);

    /// <inheritdoc/>
    public override Variable Hardswish(Variable x) => x * Hardsigmoid(x);

    /// <inheritdoc/>
    public override Variable Norm(Variable x, double order) =>
        double.IsPositiveInfinity(order) ? MaximumScalar(base.Norm(x, order), 0) : base.Norm(x, order);

    /// <inheritdoc/>
    public override Variable Norm0(Variable x, double order) =>
        double.IsPositiveInfinity(order) ? MaximumScalar(base.Norm0(x, order), 0) : base.Norm0(x, order);

    /// <inheritdoc/>
    public override Variable MatrixNorm1(Variable x) => MaximumScalar(base.MatrixNorm1(x), 0);

    /// <inheritdoc/>
    public override Variable MatrixNormInf(Variable x) => MaximumScalar(base.MatrixNormInf(x), 0);

    /// <inheritdoc/>
    public override Variable SortDescending(Variable x)
    {
        var ascending = Sort(x);
        return Stack([.. Enumerable.Range(0, x.Shape[0]).Select(i => At(ascending, x.Shape[0] - 1 - i))]);
    }

    /// <inheritdoc/>
    public override Variable Celu(Variable x, double a) =>
        MaximumScalar(x, 0) + (a * Expm1(Minimum(x, Full(x, 0)) * (1 / a)));

    /// <inheritdoc/>
    public override Variable Softsign(Variable x) => x / (Abs(x) + 1);

    /// <inheritdoc/>
    public override Variable Logsigmoid(Variable x) => -Softplus(-x);

    /// <inheritdoc/>
    public override Variable Mish(Variable x) => x * Tanh(Softplus(x));

    /// <inheritdoc/>
    public override Variable Median(Variable x) => Quantiles.Linear(this, x, 0.5);

    /// <inheritdoc/>
    public override Variable Median0(Variable x) => At(Sort0(x), (x.Shape[0] - 1) / 2);

    /// <inheritdoc/>
    public override Variable Quantile(Variable x, double q) => Quantiles.Linear(this, x, q);
}
