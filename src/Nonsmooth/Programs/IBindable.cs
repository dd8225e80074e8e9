using Nonsmooth.Arithmetic;
using Nonsmooth.Tensors;

namespace Nonsmooth.Programs;

/// <summary>A function whose value can be computed again and again from and into the same tensors, without allocating.</summary>
/// <remarks>Compiled programs run it so where it decides by the numbers what it does, and cannot be written down as steps.</remarks>
public interface IBindable
{
    /// <summary>Prepares everything that the types tell; what is returned reads the arguments and writes each element of the results.</summary>
    /// <typeparam name="T">The arithmetic.</typeparam>
    /// <param name="arguments">As <see cref="ElementaryFunction.Evaluate{T}"/> takes them; their elements may change from call to call.</param>
    /// <param name="results">Of the inferred types.</param>
    Action Bind<T>(IReadOnlyList<Tensor> arguments, IReadOnlyList<Tensor> results)
        where T : struct, INumeric<T>;
}
