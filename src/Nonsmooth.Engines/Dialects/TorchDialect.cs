using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Engines.Dialects;

/// <summary>PyTorch's compositions.</summary>
/// <remarks>
/// <c>max(x, dim)</c> sends the gradient to the index that it returns, the first of those that tie; relu6 is
/// <c>hardtanh(x, 0, 6)</c>; <c>normalize</c> divides by the norm, no less than 10⁻¹².
/// </remarks>
public class TorchDialect : Dialect
{
    /// <inheritdoc/>
    public override Variable MaxAxis(Variable x) => TakeArgmax(x).Reshape(Shape.Scalar);

    /// <inheritdoc/>
    public override Variable MinAxis(Variable x) => TakeArgmin(x).Reshape(Shape.Scalar);

    /// <inheritdoc/>
    public override Variable Max0(Variable x) =>
        Functions.Gather(x, x.ArgMax(0).Reshape(new Shape(1, x.Shape[1])), 0).Reshape(x.Shape[1..]);

    /// <inheritdoc/>
    public override Variable Hardtanh(Variable x, double lower, double upper) =>
        (lower, upper) == (0, 6) ? Relu6(x) : base.Hardtanh(x, lower, upper);

    /// <inheritdoc/>
    public override Variable Normalize(Variable x) => x / Clip(Norm(x, 2), 1e-12, null);
}
