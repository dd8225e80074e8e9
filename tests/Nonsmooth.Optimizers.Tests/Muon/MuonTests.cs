using Nonsmooth.Optimizers.Workers;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Optimizers.Tests.Muon;

public sealed class MuonTests
{
    private static readonly (int Rows, int Columns)[] Shapes = [(24, 40), (40, 24), (17, 17), (1, 9), (9, 1)];

    [Trait("Speed", "Slow")]
    [Theory]
    [InlineData(MuonScale.Matched, true)]
    [InlineData(MuonScale.Original, false)]
    public void Matrices_follow_the_papers_lines(MuonScale scale, bool nesterov)
    {
        var options = new MuonOptions { Scale = scale, Nesterov = nesterov, WeightDecay = 0.1 };
        foreach ((int rows, int columns) in Shapes)
        {
            double[] expected = Numbers(rows * columns, 1);
            var momentum = new double[expected.Length];
            using var theta = new NativeTensor([.. expected.Select(x => (float)x)]);
            using var slope = new NativeTensor(new float[expected.Length]);
            using var pool = new WorkerPool(2);
            using Optimizer optimizer = options.Build([theta.Slot("w") with { Rows = rows }], pool);
            for (int t = 1; t <= 5; t++)
            {
                double[] gradient = Numbers(expected.Length, 10 + t);
                for (int i = 0; i < gradient.Length; i++)
                {
                    slope.Span[i] = (float)gradient[i];
                }

                Formula(expected, momentum, gradient, rows, columns, 0.01, scale, nesterov);
                optimizer.Step([slope.Address], 0.01);
                for (int i = 0; i < expected.Length; i++)
                {
                    Assert.Equal(expected[i], theta.Span[i], 2e-5);
                }
            }
        }
    }

    [Fact]
    public void A_step_has_singular_values_near_one()
    {
        // Rows of an orthogonal matrix times its scale: the diagonal of O·Oᵀ is near 1.
        const int rows = 16;
        const int columns = 64;
        using var theta = new NativeTensor(new float[rows * columns]);
        using var slope = new NativeTensor([.. Numbers(rows * columns, 3).Select(x => (float)x)]);
        using var pool = new WorkerPool(1);
        using Optimizer optimizer = new MuonOptions { Scale = MuonScale.Original }.Build([theta.Slot("w") with { Rows = rows }], pool);
        optimizer.Step([slope.Address], 1);
        for (int row = 0; row < rows; row++)
        {
            double square = theta.Span.Slice(row * columns, columns).ToArray().Sum(x => (double)x * x);
            Assert.InRange(square, 0.4, 1.5);
        }
    }

    [Fact]
    public void Any_thread_count_gives_the_same_bits_and_the_rest_is_adamw()
    {
        float[][] one = Train(1);
        Assert.Equal(one, Train(2));
        Assert.Equal(one, Train(5));
        using var bias = new NativeTensor([.. Numbers(9, 50).Select(x => (float)x)]);
        using var slope = new NativeTensor([.. Numbers(9, 60).Select(x => (float)x)]);
        using var pool = new WorkerPool(1);
        using Optimizer adamW = new AdamWOptions().Build([bias.Slot("b", decay: false)], pool);
        for (int i = 0; i < 3; i++)
        {
            adamW.Step([slope.Address], 1e-2);
        }

        Assert.Equal(bias.Span.ToArray(), one[^1]);
    }

    [Fact]
    public void Restored_states_continue_bit_for_bit_and_a_null_gradient_changes_nothing()
    {
        using var pool = new WorkerPool(2);
        using var theta = new NativeTensor([.. Numbers(60, 1).Select(x => (float)x)]);
        using var bias = new NativeTensor([.. Numbers(5, 2).Select(x => (float)x)]);
        using var slope = new NativeTensor([.. Numbers(60, 3).Select(x => (float)x)]);
        ParameterSlot[] slots = [bias.Slot("b", decay: false), theta.Slot("w") with { Rows = 6 }];
        using Optimizer first = new MuonOptions().Build(slots, pool);
        first.Step([slope.Address, slope.Address], 1e-2);
        float[] before = theta.Span.ToArray();
        first.Step([slope.Address, 0], 1e-2);
        Assert.Equal(before, theta.Span.ToArray());
        Assert.Equal([2L, 1L], first.StepCounts.ToArray());
        Assert.Equal(["exp_avg", "exp_avg_sq", "momentum_buffer"], first.States.Select(s => s.Name));

        using var copy = new NativeTensor(theta.Span);
        using var biasCopy = new NativeTensor(bias.Span);
        using Optimizer second = new MuonOptions().Build([biasCopy.Slot("b", decay: false), copy.Slot("w") with { Rows = 6 }], pool);
        for (int i = 0; i < first.States.Count; i++)
        {
            first.States[i].AsSpan().CopyTo(second.States[i].AsSpan());
        }

        second.RestoreStepCounts(first.StepCounts);
        first.Step([slope.Address, slope.Address], 1e-2);
        second.Step([slope.Address, slope.Address], 1e-2);
        Assert.Equal(theta.Span.ToArray(), copy.Span.ToArray());
        Assert.Equal(bias.Span.ToArray(), biasCopy.Span.ToArray());
        Assert.Equal([3L, 2L], second.StepCounts.ToArray());
        before = theta.Span.ToArray();
        second.Step([slope.Address, slope.Address], 0);
        Assert.Equal(before, copy.Span.ToArray());
    }

    [Fact]
    public void Rows_that_do_not_divide_are_named()
    {
        using var pool = new WorkerPool(1);
        using var theta = new NativeTensor(new float[10]);
        string message = Assert.Throws<NonsmoothException>(() => new MuonOptions().Build([theta.Slot("w") with { Rows = 3 }], pool)).Message;
        Assert.Contains("'w' has 3 rows for 10 values", message, StringComparison.Ordinal);
    }

    private static float[][] Train(int threads)
    {
        using var pool = new WorkerPool(threads);
        NativeTensor[] tensors = [.. Shapes.Select((s, i) => new NativeTensor([.. Numbers(s.Rows * s.Columns, 20 + i).Select(x => (float)x)]))];
        NativeTensor[] slopes = [.. Shapes.Select((s, i) => new NativeTensor([.. Numbers(s.Rows * s.Columns, 30 + i).Select(x => (float)x)]))];
        using var bias = new NativeTensor([.. Numbers(9, 50).Select(x => (float)x)]);
        using var slope = new NativeTensor([.. Numbers(9, 60).Select(x => (float)x)]);
        ParameterSlot[] slots = [.. tensors.Select((t, i) => t.Slot($"w{i}") with { Rows = Shapes[i].Rows }), bias.Slot("b", decay: false)];
        using Optimizer optimizer = new MuonOptions().Build(slots, pool);
        for (int step = 0; step < 3; step++)
        {
            optimizer.Step([.. slopes.Select(s => s.Address), slope.Address], 1e-2);
        }

        float[][] result = [.. tensors.Select(t => t.Span.ToArray()), bias.Span.ToArray()];
        Array.ForEach(tensors, t => t.Dispose());
        Array.ForEach(slopes, t => t.Dispose());
        return result;
    }

    private static void Formula(double[] x, double[] b, double[] g, int rows, int columns, double rate, MuonScale scale, bool nesterov)
    {
        var u = new double[rows, columns];
        double norm = 0;
        for (int i = 0; i < x.Length; i++)
        {
            b[i] = (0.95 * b[i]) + (0.05 * g[i]);
            double d = nesterov ? (0.05 * g[i]) + (0.95 * b[i]) : b[i];
            u[i / columns, i % columns] = d;
            norm += d * d;
        }

        double[,] y = Combine(u, u, 1 / (Math.Sqrt(norm) + 1e-7), 0);
        y = rows > columns ? Flip(y) : y;
        for (int step = 0; step < 5; step++)
        {
            double[,] a = Product(y, Flip(y));
            y = Combine(y, Product(Combine(a, Product(a, a), -4.7750, 2.0315), y), 3.4445, 1);
        }

        y = rows > columns ? Flip(y) : y;
        double factor = scale == MuonScale.Original ? Math.Sqrt(Math.Max(1, (double)rows / columns)) : 0.2 * Math.Sqrt(Math.Max(rows, columns));
        for (int i = 0; i < x.Length; i++)
        {
            x[i] = (x[i] * (1 - (rate * 0.1))) - (rate * factor * y[i / columns, i % columns]);
        }
    }

    private static double[,] Combine(double[,] a, double[,] b, double p, double q)
    {
        var c = new double[a.GetLength(0), a.GetLength(1)];
        for (int i = 0; i < c.GetLength(0); i++)
        {
            for (int j = 0; j < c.GetLength(1); j++)
            {
                c[i, j] = (p * a[i, j]) + (q * b[i, j]);
            }
        }

        return c;
    }

    private static double[,] Flip(double[,] a)
    {
        var c = new double[a.GetLength(1), a.GetLength(0)];
        for (int i = 0; i < c.GetLength(0); i++)
        {
            for (int j = 0; j < c.GetLength(1); j++)
            {
                c[i, j] = a[j, i];
            }
        }

        return c;
    }

    private static double[,] Product(double[,] a, double[,] b)
    {
        var c = new double[a.GetLength(0), b.GetLength(1)];
        for (int i = 0; i < c.GetLength(0); i++)
        {
            for (int j = 0; j < c.GetLength(1); j++)
            {
                for (int k = 0; k < a.GetLength(1); k++)
                {
                    c[i, j] += a[i, k] * b[k, j];
                }
            }
        }

        return c;
    }

    private static double[] Numbers(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => (double)(float)(random.NextDouble() - 0.5))];
    }
}
