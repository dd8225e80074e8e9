using Nonsmooth.Optimizers.Kernels;
using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Optimizers.Tests;

public sealed class ElementwiseOptimizerTests
{
    private const double Rate = 1e-2;

    public static TheoryData<string> Rules => OptimizerCatalog.Names;

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Rules))]
    public void Any_thread_count_gives_the_same_bits(string rule)
    {
        int[] lengths = [3, 100_003, 17, 0, 1_000, 70_001, 5];
        byte[][] one = Train(rule, lengths, threads: 1);
        SameBits(one, Train(rule, lengths, threads: 2));
        SameBits(one, Train(rule, lengths, threads: 3));
        SameBits(one, Train(rule, lengths, threads: 7));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Any_vector_width_tail_and_alignment_gives_the_bits_of_the_reference(string rule)
    {
        int[] lengths = [.. Enumerable.Range(1, 70)];
        byte[][] reference = TrainReference(rule, lengths);
        foreach (LaneWidth lanes in Enum.GetValues<LaneWidth>())
        {
            SameBits(reference, Train(rule, lengths, threads: 1, lanes, misalignment: (int)lanes));
        }
    }

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Rules))]
    public void A_step_allocates_nothing(string rule)
    {
        using var pool = new WorkerPool(2);
        using var theta = new NativeTensor(NativeTensor.Numbers(40_000, 1));
        using var bias = new NativeTensor(NativeTensor.Numbers(10, 2));
        using var gradient = new NativeTensor(NativeTensor.Numbers(40_000, 3));
        using Optimizer optimizer = OptimizerCatalog.Get(rule).Build([theta.Slot("w"), bias.Slot("b", decay: false)], pool, _ => { });
        nint[] gradients = [gradient.Address, gradient.Address];
        Assert.Equal(0, SteadyAllocation.Of(() => optimizer.Step(gradients, Rate), repeats: 100));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Restored_states_and_counts_continue_bit_for_bit(string rule)
    {
        using var pool = new WorkerPool(2);
        float[] start = NativeTensor.Numbers(1_001, 1);
        using var gradient = new NativeTensor(NativeTensor.Numbers(1_001, 2));
        using var straight = new NativeTensor(start);
        using Optimizer whole = OptimizerCatalog.Get(rule).Build([straight.Slot("w")], pool);
        Steps(whole, gradient, 10);

        using var stopped = new NativeTensor(start);
        float[][] saved;
        long[] counts;
        using (Optimizer half = OptimizerCatalog.Get(rule).Build([stopped.Slot("w")], pool))
        {
            Steps(half, gradient, 4);
            saved = [.. half.States.Select(state => state.AsSpan().ToArray())];
            counts = half.StepCounts.ToArray();
        }

        using var resumed = new NativeTensor(stopped.Span);
        using Optimizer rest = OptimizerCatalog.Get(rule).Build([resumed.Slot("w")], pool);
        for (int i = 0; i < saved.Length; i++)
        {
            saved[i].CopyTo(rest.States[i].AsSpan());
        }

        rest.RestoreStepCounts(counts);
        Steps(rest, gradient, 6);
        Assert.Equal(straight.Span.ToArray(), resumed.Span.ToArray());
        Assert.Equal(10, rest.StepCounts[0]);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_missing_gradient_leaves_its_parameter_states_and_count_alone(string rule)
    {
        using var pool = new WorkerPool(2);
        using var seen = new NativeTensor(NativeTensor.Numbers(100, 1));
        using var skipped = new NativeTensor(NativeTensor.Numbers(100, 2));
        using var gradient = new NativeTensor(NativeTensor.Numbers(100, 3));
        using Optimizer optimizer = OptimizerCatalog.Get(rule).Build([seen.Slot("a"), skipped.Slot("b")], pool);
        optimizer.Step([gradient.Address, gradient.Address], Rate);
        float[] before = skipped.Span.ToArray();
        float[][] states = [.. optimizer.States.Where(s => s.Parameter == "b").Select(s => s.AsSpan().ToArray())];

        optimizer.Step([gradient.Address, 0], Rate);

        Assert.Equal(before, skipped.Span.ToArray());
        Assert.Equal(states, optimizer.States.Where(s => s.Parameter == "b").Select(s => s.AsSpan().ToArray()));
        Assert.Equal([2L, 1L], optimizer.StepCounts.ToArray());
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Rate_zero_keeps_parameters_and_advances_counts(string rule)
    {
        using var pool = new WorkerPool(1);
        using var theta = new NativeTensor(NativeTensor.Numbers(100, 1));
        using var gradient = new NativeTensor(NativeTensor.Numbers(100, 2));
        using Optimizer optimizer = OptimizerCatalog.Get(rule).Build([theta.Slot("a")], pool);

        // The average form keeps past moves, so only its first step is still at rate 0.
        float[] before = theta.Span.ToArray();
        optimizer.Step([gradient.Address], 0);
        Assert.Equal(before, theta.Span.ToArray());
        Assert.Equal(1, optimizer.StepCounts[0]);
        foreach (StateTensor average in optimizer.States.Where(s => s.Name == "exp_avg_sq"))
        {
            Assert.Contains(average.AsSpan().ToArray(), v => v > 0);
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Maximizing_is_minimizing_the_negative_and_scale_is_a_factor_of_the_gradient(string rule)
    {
        using var pool = new WorkerPool(1);
        float[] start = NativeTensor.Numbers(100, 1);
        float[] up = NativeTensor.Numbers(100, 2);
        using var a = new NativeTensor(start);
        using var b = new NativeTensor(start);
        using var c = new NativeTensor(start);
        using var plain = new NativeTensor(up);
        using var negated = new NativeTensor([.. up.Select(g => -g)]);
        using var quarter = new NativeTensor([.. up.Select(g => g / 4)]);
        using Optimizer maximize = (OptimizerCatalog.Get(rule) with { Maximize = true }).Build([a.Slot("w")], pool);
        using Optimizer minimize = OptimizerCatalog.Get(rule).Build([b.Slot("w")], pool);
        using Optimizer scaled = OptimizerCatalog.Get(rule).Build([c.Slot("w")], pool);
        for (int i = 0; i < 5; i++)
        {
            maximize.Step([plain.Address], Rate);
            minimize.Step([negated.Address], Rate);
            scaled.Step([quarter.Address], Rate, -4);
        }

        Assert.Equal(a.Span.ToArray(), b.Span.ToArray());
        Assert.Equal(a.Span.ToArray(), c.Span.ToArray());
        Assert.NotEqual(start, a.Span.ToArray());
    }

    [Fact]
    public void Decay_is_per_parameter()
    {
        using var pool = new WorkerPool(1);
        using var weight = new NativeTensor([1f]);
        using var bias = new NativeTensor([1f]);
        using var zero = new NativeTensor([0f]);
        using Optimizer optimizer = new AdamWOptions { WeightDecay = 0.5 }.Build([weight.Slot("w"), bias.Slot("b", decay: false)], pool);
        optimizer.Step([zero.Address, zero.Address], 0.1);
        Assert.Equal(0.95f, weight.Span[0]);
        Assert.Equal(1f, bias.Span[0]);
    }

    [Fact]
    public void States_are_named_per_parameter_and_aligned()
    {
        using var pool = new WorkerPool(1);
        using var a = new NativeTensor(new float[5]);
        using var b = new NativeTensor(new float[33]);
        using Optimizer optimizer = new InnapropOptions().Build([a.Slot("a"), b.Slot("b")], pool);
        Assert.Equal(
            [("a", "exp_avg_sq", 5L), ("a", "velocity", 5L), ("b", "exp_avg_sq", 33L), ("b", "velocity", 33L)],
            optimizer.States.Select(s => (s.Parameter, s.Name, s.Length)));
        Assert.All(optimizer.States, s => Assert.Equal(0, s.Values % 64));
    }

    [Fact]
    public void Mistakes_are_named_and_change_nothing()
    {
        using var pool = new WorkerPool(2);
        using var a = new NativeTensor([1f, 2f]);
        var options = new AdamWOptions();
        Refused("share memory", () => options.Build([a.Slot("x"), a.Slot("y")], pool));
        Refused("used twice", () => options.Build([a.Slot("x"), new("x", 0, 0)], pool));
        Refused("no memory", () => options.Build([new("x", 0, 3)], pool));

        Optimizer optimizer = options.Build([a.Slot("x")], pool);
        Refused("2 gradients for 1", () => optimizer.Step([a.Address, a.Address], Rate));
        Refused("rate is NaN", () => optimizer.Step([a.Address], double.NaN));
        Refused("rate is -1", () => optimizer.Step([a.Address], -1));
        Refused("gradientScale is NaN", () => optimizer.Step([a.Address], Rate, double.NaN));
        Refused("step counts", () => optimizer.RestoreStepCounts([1, 2]));
        Refused("negative", () => optimizer.RestoreStepCounts([-1]));
        Assert.Equal(0, optimizer.StepCounts[0]);
        Assert.Equal([1f, 2f], a.Span.ToArray());
        optimizer.Dispose();
        optimizer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => optimizer.Step([a.Address], Rate));
    }

    private static void Refused(string part, Action action)
    {
        string message = Assert.Throws<NonsmoothException>(action).Message;
        Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    private static void SameBits(byte[][] expected, byte[][] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            int same = expected[i].AsSpan().CommonPrefixLength(actual[i]);
            Assert.True(same == expected[i].Length && same == actual[i].Length, $"tensor {i} differs from byte {same} on");
        }
    }

    private static void Steps(Optimizer optimizer, NativeTensor gradient, int count)
    {
        for (int i = 0; i < count; i++)
        {
            optimizer.Step([gradient.Address], Rate);
        }
    }

    private static byte[][] Train(string rule, int[] lengths, int threads, LaneWidth lanes = LaneWidth.Widest, int misalignment = 0)
    {
        using var pool = new WorkerPool(threads);
        NativeTensor[] thetas = [.. lengths.Select((n, i) => new NativeTensor(NativeTensor.Numbers(n, i), misalignment))];
        NativeTensor[] gradients = [.. lengths.Select((n, i) => new NativeTensor(NativeTensor.Numbers(n, 1_000 + i), misalignment))];
        using Optimizer optimizer = OptimizerCatalog.Get(rule).Build([.. thetas.Select((t, i) => t.Slot($"p{i}"))], pool);
        optimizer.Lanes = lanes;
        nint[] addresses = [.. gradients.Select(g => g.Address)];
        for (int step = 0; step < 3; step++)
        {
            optimizer.Step(addresses, Rate);
        }

        byte[][] bits = [.. thetas.Select(t => Bits(t.Span)), .. optimizer.States.Select(s => Bits(s.AsSpan()))];
        Array.ForEach(thetas, t => t.Dispose());
        Array.ForEach(gradients, t => t.Dispose());
        return bits;
    }

    private static byte[][] TrainReference(string rule, int[] lengths)
    {
        float[][] thetas = [.. lengths.Select((n, i) => NativeTensor.Numbers(n, i))];
        ReferenceOptimizer<float>[] optimizers = [.. lengths.Select(OptimizerCatalog.Get(rule).Reference<float>)];
        for (int step = 0; step < 3; step++)
        {
            for (int i = 0; i < lengths.Length; i++)
            {
                optimizers[i].Step(thetas[i], NativeTensor.Numbers(lengths[i], 1_000 + i), Rate);
            }
        }

        return [.. thetas.Select(t => Bits(t)), .. optimizers.SelectMany(o => o.States.Values).Select(s => Bits(s))];
    }

    private static byte[] Bits(ReadOnlySpan<float> values) => System.Runtime.InteropServices.MemoryMarshal.AsBytes(values).ToArray();
}
