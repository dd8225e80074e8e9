using Nonsmooth.Arithmetic;
using Nonsmooth.Dictionary;
using Nonsmooth.Selections;

namespace Nonsmooth.Pretrained.Aten;

/// <summary>The identity, whose derivative is taken to be 0: PyTorch's detach.</summary>
/// <remarks>It is no derivative of the identity. Where a detached value varies, what comes out is the gradient of another function, or a surrogate.</remarks>
public readonly record struct Detach : IPiecewiseLinear
{
    /// <inheritdoc/>
    public string Name => "detach";

    /// <inheritdoc/>
    public T Value<T>(T x)
        where T : IScalar<T> => x;

    /// <inheritdoc/>
    public Pieces Pieces(Selection selection) => Nonsmooth.Arithmetic.Pieces.Constant(0);
}
