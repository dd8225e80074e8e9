namespace Nonsmooth.Training.Optimizers;

/// <summary>
/// A view of one optimizer state of one parameter, as long as that parameter, or of two numbers for a
/// <c>tally</c>, a float64 number kept as a sum of two float32 ones. Valid until the optimizer
/// is disposed; writing to it restores a checkpoint.
/// </summary>
/// <param name="Parameter">The <see cref="ParameterSlot.Name"/> it belongs to.</param>
/// <param name="Name">The state, e.g. <c>exp_avg_sq</c> or <c>velocity</c>.</param>
/// <param name="Values">Address of <paramref name="Length"/> float32 numbers.</param>
/// <param name="Length">Number of elements.</param>
public readonly record struct StateTensor(string Parameter, string Name, nint Values, long Length)
{
    /// <summary>The numbers themselves.</summary>
    /// <exception cref="OverflowException">There are 2³¹ or more: use <see cref="Values"/>.</exception>
    public unsafe Span<float> AsSpan() => new((float*)Values, checked((int)Length));
}
