using Nonsmooth.Programs;

namespace Nonsmooth.Engines.Dialects;

/// <summary>PyTensor: no relu of its own, and norms that are compositions.</summary>
public sealed class PyTensorDialect : RootedNorms
{
    /// <inheritdoc/>
    public override Variable Relu(Variable x) => MaximumScalar(x, 0);
}
