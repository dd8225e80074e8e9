using System.Globalization;
using Nonsmooth.Tensors;

namespace Nonsmooth.Data;

/// <summary>Sequences of tokens: x is index [N, T], target [N, T], the token that follows each.</summary>
/// <param name="Tokens">The length of a sequence, T.</param>
public sealed record TokenInput(int Tokens) : NetworkInput
{
    /// <inheritdoc/>
    public override TensorType Batch(int batch) => TensorType.Index(new Shape(batch, Tokens));

    /// <inheritdoc/>
    public override TensorType Targets(int batch) => Batch(batch);

    /// <summary>For example <c>1024 tokens</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Tokens} tokens");
}
