using Nonsmooth.LibTorch.Tensors;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Measurement;

/// <summary>Inputs to measure a program with: values whose sums stay near 1, so that no time is that of infinities or denormals.</summary>
public static class SampleInputs
{
    /// <summary>One tensor an input, the caller's to dispose. Reals are 32 bits wide.</summary>
    /// <param name="program">The program.</param>
    /// <param name="indices">Indices run through 0 … indices − 1.</param>
    /// <param name="seed">Same seed, same values.</param>
    public static IReadOnlyList<TorchTensor> Of(Program program, int indices = 10, ulong seed = 1) =>
        [.. program.Inputs.Select((input, i) => Input(input.Role == InputRole.Data, program.Types[input.Value], indices, new CounterRandom(seed, (ulong)i)))];

    private static TorchTensor Input(bool data, TensorType type, int indices, CounterRandom random)
    {
        long[] sizes = [.. type.Shape.Select(s => (long)s)];
        int count = type.Shape.Elements;
        switch (type.Kind)
        {
            case ElementKind.Index:
                return TorchTensor.FromSpan<long>(Enumerable.Range(0, count).Select(i => (long)(i % indices)).ToArray(), sizes);
            case ElementKind.Boolean:
                return TorchTensor.FromSpan<bool>(Enumerable.Range(0, count).Select(i => i % 2 == 0).ToArray(), sizes);
        }

        var tensor = TorchTensor.Empty(sizes);
        var values = tensor.AsSpan<float>();
        random.FillNormal(values);
        bool weight = type.Shape.Rank >= 2 && !data;
        float scale = weight ? MathF.Sqrt((float)type.Shape[0] / Math.Max(1, count)) : data ? 1 : 0.1f;
        float centre = type.Shape.Rank == 1 && !data ? 1 : 0;
        for (int i = 0; i < count; i++)
        {
            values[i] = centre + (scale * values[i]);
        }

        return tensor;
    }
}
