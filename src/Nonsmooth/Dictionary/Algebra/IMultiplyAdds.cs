using Nonsmooth.Tensors;

namespace Nonsmooth.Dictionary;

/// <summary>A function whose work is multiply-adds (MAC): what cost reports list for networks.</summary>
/// <remarks>A multiply-add is one product of which a sum is made, the first of a sum included. Source: complexity specification, 7.2.</remarks>
public interface IMultiplyAdds
{
    /// <summary>Multiply-adds when every tap of a kernel is counted, those on padding included.</summary>
    /// <param name="arguments">The types of the arguments.</param>
    long DenseMultiplyAdds(IReadOnlyList<TensorType> arguments);

    /// <summary>Multiply-adds that are made: taps on padding are left out.</summary>
    /// <param name="arguments">The types of the arguments.</param>
    long EffectiveMultiplyAdds(IReadOnlyList<TensorType> arguments);
}
