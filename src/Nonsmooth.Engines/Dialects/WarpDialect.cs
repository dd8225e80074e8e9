using Nonsmooth.Dictionary;
using Nonsmooth.Programs;

namespace Nonsmooth.Engines.Dialects;

/// <summary>Warp as it was asked: relu by its max, sigmoid by its formula.</summary>
public sealed class WarpDialect : RectifierAsMaximum
{
    /// <inheritdoc/>
    public override Variable Sigmoid(Variable x) => 1.0 / (1.0 + Exp(-x));
}
