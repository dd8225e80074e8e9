using System.Runtime.InteropServices;
using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Optimizers.Tests;

public sealed unsafe class BFloat16Tests
{
    public static TheoryData<string> Rules => OptimizerCatalog.Names;

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Rules))]
    public void Any_threads_and_lanes_give_the_same_bits(string rule)
    {
        float[][] one = Train(rule, 1, LaneWidth.Widest);
        Assert.Equal(one, Train(rule, 3, LaneWidth.Widest));
        Assert.Equal(one, Train(rule, 2, LaneWidth.Scalar));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Restored_states_continue_bit_for_bit(string rule)
    {
        using var pool = new WorkerPool(1);
        using var slope = new NativeTensor(NativeTensor.Numbers(3_001, 2));
        using var theta = new NativeTensor(NativeTensor.Numbers(3_001, 1));
        OptimizerOptions options = OptimizerCatalog.Get(rule) with { StateFormat = NumberFormat.BFloat16 };
        using Optimizer first = options.Build([theta.Slot("w")], pool);
        for (int i = 0; i < 3; i++)
        {
            first.Step([slope.Address], 1e-2);
        }

        using var copy = new NativeTensor(theta.Span);
        using Optimizer second = options.Build([copy.Slot("w")], pool);
        for (int i = 0; i < first.States.Count; i++)
        {
            second.States[i].Restore(first.States[i].ToSingles());
        }

        second.RestoreStepCounts(first.StepCounts);
        first.Step([slope.Address], 1e-2);
        second.Step([slope.Address], 1e-2);
        Assert.Equal(theta.Span.ToArray(), copy.Span.ToArray());
    }

    [Fact]
    public void Rounding_is_right_on_average_exact_where_it_can_be_and_keeps_what_is_no_number()
    {
        const int count = 100_003;
        float[] values = [.. Enumerable.Range(0, count).Select(_ => 1 + (0.3f / 128))];
        (values[0], values[1], values[2], values[3], values[4]) = (float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, 1.5f);
        values[^1] = BitConverter.UInt32BitsToSingle(0x7FFFFFFF);
        var narrow = new ushort[count];
        var back = new float[count];
        fixed (float* source = values, wide = back)
        fixed (ushort* halves = narrow)
        {
            StochasticRounding.Narrow(source, halves, count, 7, 0);
            StochasticRounding.Widen(halves, wide, count);
            var split = new ushort[count];
            fixed (ushort* part = split)
            {
                StochasticRounding.Narrow(source, part, 1_001, 7, 0);
                StochasticRounding.Narrow(source + 1_001, part + 1_001, count - 1_001, 7, 1_001);
            }

            Assert.Equal(narrow, split);
        }

        Assert.Equal([float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, 1.5f, float.NaN], [.. back[..5], back[^1]]);
        float[] rest = back[5..^1];
        Assert.All(rest, x => Assert.True(x is 1f or (1 + (1 / 128f))));
        Assert.Equal(0.3 / 128, rest.Average(x => (double)x) - 1, 4 * Math.Sqrt(0.21 / count) / 128);
    }

    [Fact]
    public void The_average_square_stays_within_the_stated_error_where_nearest_rounding_freezes()
    {
        // σ = 0.999: an increment is below half a unit in the last place.
        const int length = 2_000;
        using var pool = new WorkerPool(1);
        using var a = new NativeTensor(new float[length]);
        using var b = new NativeTensor(new float[length]);
        using var slope = new NativeTensor(new float[length]);
        using Optimizer exact = new AdamWOptions().Build([a.Slot("w")], pool);
        using Optimizer rounded = new AdamWOptions { StateFormat = NumberFormat.BFloat16 }.Build([b.Slot("w")], pool);
        var random = new Random(1);
        for (int t = 0; t < 3_000; t++)
        {
            for (int i = 0; i < length; i++)
            {
                slope.Span[i] = (float)((random.NextDouble() - 0.5) * (1 + (i % 5)));
            }

            exact.Step([slope.Address], 1e-3);
            rounded.Step([slope.Address], 1e-3);
        }

        double error = 0;
        double size = 0;
        float[] expected = exact.States[1].ToSingles();
        float[] actual = rounded.States[1].ToSingles();
        for (int i = 0; i < length; i++)
        {
            error += Math.Pow(a.Span[i] - b.Span[i], 2);
            size += Math.Pow(a.Span[i], 2);
        }

        Assert.InRange(Math.Sqrt(error / size), 0, 0.06);
        Assert.Equal(expected.Average(), actual.Average(), expected.Average() * 0.015);
        Assert.Throws<NonsmoothException>(() => rounded.States[0].AsSpan().Length);
    }

    [Fact]
    public void Parameters_in_bfloat16_arrive_on_average()
    {
        // 1 − 100·1e-3: every single step is below half a unit in the last place of 1.
        const int length = 5_000;
        using var pool = new WorkerPool(2);
        using var slope = new NativeTensor([.. Enumerable.Repeat(1f, length)]);
        var theta = (ushort*)NativeMemory.AlignedAlloc(length * sizeof(ushort), 64);
        try
        {
            new Span<ushort>(theta, length).Fill(0x3F80);
            var slot = new ParameterSlot("w", (nint)theta, length, Decay: false) { Format = NumberFormat.BFloat16 };
            using Optimizer optimizer = new SgdOptions { Momentum = 0 }.Build([slot], pool);
            for (int t = 0; t < 100; t++)
            {
                optimizer.Step([slope.Address], 1e-3);
            }

            double mean = new Span<ushort>(theta, length).ToArray().Average(x => (double)BitConverter.UInt32BitsToSingle((uint)x << 16));
            Assert.Equal(0.9, mean, 2e-3);
        }
        finally
        {
            NativeMemory.AlignedFree(theta);
        }
    }

    private static float[][] Train(string rule, int threads, LaneWidth lanes)
    {
        using var pool = new WorkerPool(threads);
        using var theta = new NativeTensor(NativeTensor.Numbers(100_003, 1));
        using var bias = new NativeTensor(NativeTensor.Numbers(17, 2));
        using var slope = new NativeTensor(NativeTensor.Numbers(100_003, 3));
        OptimizerOptions options = OptimizerCatalog.Get(rule) with { StateFormat = NumberFormat.BFloat16 };
        using Optimizer optimizer = options.Build([theta.Slot("w"), bias.Slot("b")], pool);
        optimizer.Lanes = lanes;
        for (int i = 0; i < 3; i++)
        {
            optimizer.Step([slope.Address, slope.Address], 1e-2);
        }

        return [theta.Span.ToArray(), bias.Span.ToArray(), .. optimizer.States.Select(s => s.ToSingles())];
    }
}
