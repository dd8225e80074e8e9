using Nonsmooth.Tensors;

namespace Nonsmooth.Programs;

/// <summary>A function whose results tell where its derivative is one-sided: a solution with weakly active constraints.</summary>
public interface IOneSided
{
    /// <summary>At how many constraints or coordinates the derivative that backprop takes is one of several.</summary>
    /// <param name="results">The function's results, as it gave them.</param>
    long CountOneSided(IReadOnlyList<Tensor> results);
}
