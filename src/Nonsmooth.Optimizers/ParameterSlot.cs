namespace Nonsmooth.Optimizers;

/// <summary>A trainable tensor as an optimizer sees it: named, contiguous float32 memory it may overwrite.</summary>
/// <param name="Name">Unique among an optimizer's slots; checkpoints use it.</param>
/// <param name="Values">
/// Address of <paramref name="Length"/> float32 numbers. Any alignment; 64 bytes is fastest. The memory
/// belongs to the caller and must outlive the optimizer.
/// </param>
/// <param name="Length">Number of elements, at least 0.</param>
/// <param name="Decay">Whether the optimizer's weight decay applies; turn it off for biases and normalisation.</param>
public readonly record struct ParameterSlot(string Name, nint Values, long Length, bool Decay = true)
{
    /// <summary>
    /// The rows of a weight matrix, row-major, for optimizers that treat matrices as such; a divisor of
    /// the length. 0, the default, for what is no matrix to them: biases, norms, embeddings, output layers.
    /// </summary>
    public int Rows { get; init; }

    /// <summary>How the parameter's own numbers are kept; its gradient is float32 in any case. Default float32.</summary>
    public NumberFormat Format { get; init; }

    internal nuint Bytes => (nuint)(Length * Format.Bytes());
}
