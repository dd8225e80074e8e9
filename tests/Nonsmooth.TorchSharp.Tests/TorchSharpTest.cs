using TorchSharp;
using TorchSharp.Modules;

namespace Nonsmooth.TorchSharp.Tests;

/// <summary>A test that needs TorchSharp to run.</summary>
public abstract class TorchSharpTest
{
    /// <summary>Skips where it cannot.</summary>
    protected TorchSharpTest() => Assert.SkipUnless(NativeTorchSharp.Failure is null, NativeTorchSharp.Failure ?? "");

    /// <summary>Numbers in (−1, 1), none of them 0, as a parameter.</summary>
    internal static Parameter Drawn(int seed, params long[] shape) =>
        torch.nn.Parameter(torch.tensor(Numbers(seed, (int)shape.Aggregate(1L, (a, b) => a * b))).reshape(shape));

    internal static float[] Numbers(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)(((random.NextDouble() * 0.9) + 0.05) * (random.Next(2) == 0 ? 1 : -1)))];
    }

    /// <summary>Gives parameters the gradients that were drawn for a step.</summary>
    internal static void Differentiate(IReadOnlyList<Parameter> parameters, int seed)
    {
        for (int i = 0; i < parameters.Count; i++)
        {
            using var gradient = torch.tensor(Numbers((1000 * seed) + i, (int)parameters[i].NumberOfElements)).reshape(parameters[i].shape);
            parameters[i].grad = gradient;
        }
    }

    internal static float[][] Values(IEnumerable<torch.Tensor> parameters) => [.. parameters.Select(p => p.data<float>().ToArray())];

    internal static long Bits(float[][] a, float[][] b) => a.Zip(b).Sum(p => p.First.Zip(p.Second).LongCount(v => BitConverter.SingleToInt32Bits(v.First) != BitConverter.SingleToInt32Bits(v.Second)));
}
