using Nonsmooth.Tensors;

namespace Nonsmooth.Programs;

/// <summary>A function that tells whether a point lies where its pieces meet: its jvp is not the directional derivative there.</summary>
/// <remarks>For functions whose kinks cannot be told from one argument's elements, as those of solutions of problems.</remarks>
public interface IBordered
{
    /// <summary>Whether the arguments are on a border, or it cannot be excluded.</summary>
    /// <param name="arguments">The real arguments, in double precision, in their order.</param>
    bool IsOnBorder(IReadOnlyList<Tensor<double>> arguments);
}
