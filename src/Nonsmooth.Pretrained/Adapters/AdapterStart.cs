using Nonsmooth.Data.Arrays;
using Nonsmooth.Randomness;

namespace Nonsmooth.Pretrained.Adapters;

/// <summary>What the tensors of a new adapter start from, as PEFT has it: A and the second matrix of an embedding at random, all else so that nothing changes.</summary>
internal static class AdapterStart
{
    /// <summary>Uniform on ±1/√inputs: PyTorch's start of a linear layer.</summary>
    public static Action<Span<float>, CounterRandom> Uniform(int inputs)
    {
        float bound = (float)(1 / Math.Sqrt(inputs));
        return (values, random) =>
        {
            random.FillUniform(values);
            foreach (ref float value in values)
            {
                value = ((2 * value) - 1) * bound;
            }
        };
    }

    /// <summary>Standard normal.</summary>
    public static void Normal(Span<float> values, CounterRandom random) => random.FillNormal(values);

    /// <summary>Zeros.</summary>
    public static void Zero(Span<float> values, CounterRandom random) => values.Clear();

    /// <summary>The length of each output's row of a weight.</summary>
    /// <param name="weight">[outputs, inputs], or transposed.</param>
    /// <param name="isTransposed">Whether it is.</param>
    public static StoredTensor Lengths(StoredTensor weight, bool isTransposed)
    {
        float[] lengths = Array.ConvertAll(Squares(weight.ToDoubles(), checked((int)weight.Shape[isTransposed ? 0 : 1]), isTransposed), s => (float)Math.Sqrt(s));
        return StoredTensor.Of<float>(lengths, lengths.Length);
    }

    /// <summary>The sum of squares of each output's row.</summary>
    public static double[] Squares(double[] weight, int inputs, bool isTransposed)
    {
        double[] sums = new double[weight.Length / inputs];
        for (int i = 0; i < weight.Length; i++)
        {
            sums[isTransposed ? i % sums.Length : i / inputs] += weight[i] * weight[i];
        }

        return sums;
    }
}
