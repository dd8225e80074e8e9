using System.Runtime.InteropServices;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Optimizers.Tests;

/// <summary>Every rule where there is nothing to learn from, and on parameters of 16 bits.</summary>
public sealed unsafe class DegenerateInputTests
{
    private const int Length = 37;

    public static TheoryData<string> Rules => OptimizerCatalog.Names;

    [Theory]
    [MemberData(nameof(Rules))]
    public void Without_a_gradient_nothing_moves(string rule)
    {
        // Yogi's averages start above 0: it moves by itself, but not far.
        bool moves = rule.StartsWith("yogi", StringComparison.Ordinal);
        float[] start = [.. Enumerable.Range(0, Length).Select(i => 1.5f - (0.1f * i))];
        using var pool = new WorkerPool(1);
        using var theta = new NativeTensor(start);
        using var zero = new NativeTensor(new float[Length]);
        using Optimizer optimizer = OptimizerCatalog.Get(rule).Build([theta.Slot("w", decay: false)], pool, _ => { });
        for (int t = 0; t < 20; t++)
        {
            optimizer.Step([zero.Address], 1e-3);
        }

        Assert.All(theta.Span.ToArray().Zip(start), x => Assert.Equal(x.Second, x.First, moves ? 1e-2f : 0));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rate_too_small_for_the_format_leaves_the_parameters(string rule)
    {
        float[] start = [.. Enumerable.Range(0, Length).Select(i => 1.5f + (0.1f * i))];
        using var pool = new WorkerPool(1);
        using var theta = new NativeTensor(start);
        using var slope = new NativeTensor([.. TestProblem.Rough(Length, 1).Select(g => (float)g)]);
        using Optimizer optimizer = OptimizerCatalog.Get(rule).Build([theta.Slot("w")], pool, _ => { });
        for (int t = 0; t < 3; t++)
        {
            optimizer.Step([slope.Address], 1e-30);
        }

        // Rprop has a shortest step.
        float bound = rule.StartsWith("rprop", StringComparison.Ordinal) ? 1e-5f : 0;
        Assert.All(theta.Span.ToArray().Zip(start), x => Assert.Equal(x.Second, x.First, bound));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_step_of_16_bit_parameters_is_the_rule_in_64_bits_but_for_the_rounding_of_what_is_kept(string rule)
    {
        ReferenceOptimizer<double> reference = OptimizerCatalog.Get(rule).Reference<double>(Length);
        using var pool = new WorkerPool(1);
        using var slope = new NativeTensor(new float[Length]);
        var theta = (ushort*)NativeMemory.AlignedAlloc(Length * sizeof(ushort), 64);
        try
        {
            for (int i = 0; i < Length; i++)
            {
                theta[i] = (ushort)(BitConverter.SingleToUInt32Bits(1.5f - (0.1f * i)) >> 16);
            }

            using Optimizer optimizer = OptimizerCatalog.Get(rule).Build([new ParameterSlot("w", (nint)theta, Length) { Format = NumberFormat.BFloat16 }], pool, _ => { });
            for (int t = 1; t <= 10; t++)
            {
                float[] gradient = [.. TestProblem.Rough(Length, t).Select(g => (float)g)];
                gradient.CopyTo(slope.Span);
                double[] before = Wide(theta);
                double[] expected = [.. before];
                reference.Step(expected, [.. gradient.Select(g => (double)g)], 1e-2);
                optimizer.Step([slope.Address], 1e-2);
                double[] after = Wide(theta);
                for (int i = 0; i < Length; i++)
                {
                    // One unit in the last of 8 places, and float32 inside.
                    double bound = (Math.Abs(expected[i]) / 128) + (1e-6 * (1 + Math.Abs(before[i])));
                    Assert.True(Math.Abs(after[i] - expected[i]) <= bound, $"{rule}, step {t}, coordinate {i}: {after[i]:R} instead of {expected[i]:R}");
                }
            }
        }
        finally
        {
            NativeMemory.AlignedFree(theta);
        }
    }

    private static double[] Wide(ushort* theta) => [.. new Span<ushort>(theta, Length).ToArray().Select(x => (double)BitConverter.UInt32BitsToSingle((uint)x << 16))];
}
