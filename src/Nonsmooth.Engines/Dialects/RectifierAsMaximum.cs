using Nonsmooth.Programs;

namespace Nonsmooth.Engines.Dialects;

/// <summary>Engines without a relu: max(x, 0), by their maximum of two.</summary>
public class RectifierAsMaximum : Dialect
{
    /// <inheritdoc/>
    public override Variable Relu(Variable x) => MaximumScalar(x, 0);
}
