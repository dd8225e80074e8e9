using System.Numerics;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Execution;

/// <summary>A kernel of one's own: computes a function's results on the processor, on spans.</summary>
/// <typeparam name="TFunction">The function.</typeparam>
/// <remarks>
/// Arguments and results are of real numbers, row-major. It is called with <c>double</c> in 64 bits and with <c>float</c> in the
/// other formats: 16-bit values are widened before, and results rounded once behind it. It may be called by several threads.
/// </remarks>
public interface ISpanKernel<in TFunction>
    where TFunction : ElementaryFunction
{
    /// <summary>Computes every result.</summary>
    /// <typeparam name="T">The type of the numbers.</typeparam>
    /// <param name="function">The function that is applied.</param>
    /// <param name="at">Arguments, and results to be filled.</param>
    void Run<T>(TFunction function, SpanArguments<T> at)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
