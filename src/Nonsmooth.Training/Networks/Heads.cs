using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Training.Networks;

/// <summary>Attention with several heads over a projection to queries, keys and values.</summary>
internal static class Heads
{
    /// <summary>Every head's attention, side by side.</summary>
    /// <param name="projected">[N, T, 3d]: queries, keys, values, each head after head.</param>
    /// <param name="heads">Heads, a divisor of d.</param>
    /// <param name="causal">Whether a position attends to earlier ones and itself only.</param>
    /// <returns>[N, T, d].</returns>
    public static Variable Attend(Variable projected, int heads, bool causal)
    {
        var (batch, tokens, width) = (projected.Shape[0], projected.Shape[1], projected.Shape[2] / 3);
        var attended = Functions.Attention(Part(0), Part(1), Part(2), causal);
        return attended.Transpose(0, 2, 1, 3).Reshape(new Shape(batch, tokens, width));

        Variable Part(int part) => projected.Slice(2, part * width, (part + 1) * width)
            .Reshape(new Shape(batch, tokens, heads, width / heads)).Transpose(0, 2, 1, 3);
    }
}
