namespace Nonsmooth.Optimizers;

/// <summary>
/// A view of one optimizer state of one parameter, as long as that parameter, or of two numbers for a
/// <c>tally</c>, a float64 number kept as a sum of two float32 ones. Valid until the optimizer
/// is disposed; writing to it restores a checkpoint.
/// </summary>
/// <param name="Parameter">The <see cref="ParameterSlot.Name"/> it belongs to.</param>
/// <param name="Name">The state, e.g. <c>exp_avg_sq</c> or <c>velocity</c>.</param>
/// <param name="Values">Address of <paramref name="Length"/> numbers.</param>
/// <param name="Length">Number of elements.</param>
/// <param name="Format">The format of the numbers.</param>
public readonly record struct StateTensor(string Parameter, string Name, nint Values, long Length, NumberFormat Format = NumberFormat.Float32)
{
    /// <summary>The numbers themselves.</summary>
    /// <exception cref="NonsmoothException">They are not float32: use <see cref="ToSingles"/>.</exception>
    /// <exception cref="OverflowException">There are 2³¹ or more: use <see cref="Values"/>.</exception>
    public unsafe Span<float> AsSpan() => Format == NumberFormat.Float32
        ? new((float*)Values, checked((int)Length))
        : throw new NonsmoothException($"state {Name} of '{Parameter}' is kept in {Format}: use ToSingles and Restore");

    /// <summary>A copy in float32; exact.</summary>
    public float[] ToSingles()
    {
        var memory = new NumberMemory(Values, Format);
        var copy = new float[Length];
        for (long i = 0; i < Length; i++)
        {
            copy[i] = memory[i];
        }

        return copy;
    }

    /// <summary>Writes the numbers; exact for what <see cref="ToSingles"/> gave.</summary>
    /// <exception cref="NonsmoothException">There are more or fewer than the state has.</exception>
    public void Restore(ReadOnlySpan<float> values)
    {
        if (values.Length != Length)
        {
            throw new NonsmoothException($"{values.Length} numbers for the {Length} of state {Name} of '{Parameter}': give as many");
        }

        var memory = new NumberMemory(Values, Format);
        for (int i = 0; i < values.Length; i++)
        {
            memory[i] = values[i];
        }
    }
}
