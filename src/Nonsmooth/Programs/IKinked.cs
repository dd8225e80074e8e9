using System.Numerics;
using Nonsmooth.Tensors;

namespace Nonsmooth.Programs;

/// <summary>A function that can tell how far its arguments are from its kinks, for each element of its first result.</summary>
/// <remarks>
/// The gap is the least change of an argument's number that puts the element on a kink: |x − k| for a kink of one
/// variable, the best minus the second best where elements compete. It is 0 exactly where they tie, both zeros being one
/// point and equal infinities tied; NaN where a NaN takes part; ∞ where nothing competes. It is measured in the arithmetic
/// of the values, so 0 means what the execution saw as equal. Source: reliability specification, 7, F4.
/// </remarks>
public interface IKinked
{
    /// <summary>Whether there is any kink: a generic function may be smooth.</summary>
    bool HasKinks => true;

    /// <summary>Of how many elements of the first result those measured at once must be a multiple.</summary>
    int Grain(IReadOnlyList<TensorType> arguments) => 1;

    /// <summary>Measures a run of elements of the first result. May be called by several threads at once.</summary>
    /// <typeparam name="T">The type of the values: that of the execution, or one that holds its numbers exactly.</typeparam>
    /// <param name="at">The arguments.</param>
    /// <param name="start">The first element, row-major: a multiple of <see cref="Grain"/>, as is the length of the spans.</param>
    /// <param name="gaps">Filled with the gaps.</param>
    /// <param name="scales">
    /// Filled with the magnitude that a unit in the last place is to be taken of: that of the tied values or of the kink,
    /// 0 at a kink at 0, where the arguments' size says nothing.
    /// </param>
    void Measure<T>(KinkArguments<T> at, int start, Span<T> gaps, Span<T> scales)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
