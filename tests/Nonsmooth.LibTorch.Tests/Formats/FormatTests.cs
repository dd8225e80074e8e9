using Nonsmooth.Dictionary;

namespace Nonsmooth.LibTorch.Tests.Formats;

/// <summary>Every function of the dictionary, its vjp and its jvp, in every format, at every point of <see cref="Points"/>: within what storage and 32-bit sums cost.</summary>
public sealed class FormatTests
{
    private static readonly string[] _few = ["1", "1e3", "ties", "hot"];

    /// <summary>Where a run may fail, each with its reason.</summary>
    private static readonly (Func<FormatCase, bool> Where, string Reason)[] _exceptions =
    [
        (c => c.Point is "1e6" or "NaNs" or "+∞" or "−∞" or "NaN" && c.Executor != "interpreter" && c.Function.StartsWith("conv", StringComparison.Ordinal),
            "libtorch's convolution multiplies the padding by the weights, and so makes NaN of an infinite or NaN weight"),
        (c => c is { Format: "f64" or "f32", Point: "1e3" or "1e6" } && _logistic.Contains(c.Function) && c.Executor != "interpreter",
            "libtorch divides by an exponential that has overflowed: 0 for a number below 1e-300"),
        (c => c is { Executor: "GPU's plan", Point: "1e6" or "+∞" or "−∞" } && c.Function.StartsWith("layer_norm[", StringComparison.Ordinal),
            "libtorch's layer norm updates a mean by differences: NaN of an infinite row, whose results are NaN in any case"),
        (c => c is { Format: "e4m3", Executor: "interpreter" } && (c.Function.StartsWith("attention", StringComparison.Ordinal) || c.Function is "gelu[tanh]" or "tanh" or "tanh_gradient" or "atan2"),
            "e4m3 has no infinity: −∞ of a mask is NaN there, a cube overflows to NaN where others saturate, and the inverse of a zero does not tell its sign"),
        (c => c is { Executor: "GPU's plan", Point: "hot" } && c.Function.StartsWith("batch_norm_inference[", StringComparison.Ordinal),
            "libtorch's batch norm of given statistics is x·α + β, which cancels where a row is far from its mean"),
        (c => c is { Executor: "GPU's plan", Format: "f16", Point: "1e3" } && c.Function.StartsWith("sum[", StringComparison.Ordinal),
            "the plan of a GPU, run on the processor, has libtorch's sums of 16 bits, which overflow in between"),
        (c => c is { Format: "f16" or "bf16" or "e4m3" or "e5m2", Executor: "interpreter" } && c.Function.StartsWith("grid_s", StringComparison.Ordinal),
            "the interpreter computes coordinates in the format itself, which puts some into the next cell, where a slope or the nearest element is another"),
    ];

    private static readonly string[] _logistic = ["logaddexp", "silu", "sigmoid", "softplus", "silu_gradient", "sigmoid_gradient", "tanh", "tanh_gradient"];

    public static TheoryData<int, string> Rows => Named(StandardDictionary.Rows);

    public static TheoryData<int, string> Sums => Named(LongRows.Sums);

    public static TheoryData<int, string> Thin => Named(LongRows.Thin);

    [Theory]
    [Trait("Speed", "Slow")]
    [MemberData(nameof(Rows))]
    public void NoFunctionIsFartherOffThanItsBound(int row, string name) => Holds(StandardDictionary.Rows[row], name, row, Points.Names, interpreted: true);

    [Theory]
    [Trait("Speed", "Slow")]
    [MemberData(nameof(Sums))]
    public void NoLongSumIs(int row, string name) => Holds(LongRows.Sums[row], name, row, _few, interpreted: false);

    [Theory]
    [MemberData(nameof(Thin))]
    public void NoThinOrEmptyAxisIs(int row, string name) => Holds(LongRows.Thin[row], name, row, _few, interpreted: true);

    /// <summary>All of it from ten seeds: how many runs and numbers, and what is nearest to its limit.</summary>
    [Fact]
    [Trait("Speed", "Slow")]
    public void TheWholeHarnessHolds()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("NONSMOOTH_TRIALS") == "1", "the whole harness takes half an hour: set NONSMOOTH_TRIALS=1");
        (long runs, long numbers, long excepted) = (0, 0, 0);
        var failures = new List<FormatCase>();
        var nearest = new PriorityQueue<FormatCase, double>();
        foreach (var (row, points, interpreted) in StandardDictionary.Rows.Select(r => (r, Points.Names, true)).Concat(LongRows.Sums.Select(r => (r, (IReadOnlyList<string>)_few, false))))
        {
            for (int seed = 0; seed < 10; seed++)
            {
                foreach (var run in FormatCase.Of(row, 1000 + seed, points, interpreted))
                {
                    (runs, numbers) = (runs + 1, numbers + run.Run.Elements);
                    if (Array.Exists(_exceptions, e => e.Where(run)))
                    {
                        excepted += run.Run.Fails ? 1 : 0;
                        continue;
                    }

                    if (run.Run.Fails)
                    {
                        failures.Add(run);
                    }

                    nearest.Enqueue(run, run.Run.Worst);
                    if (nearest.Count > 3)
                    {
                        nearest.Dequeue();
                    }
                }
            }
        }

        Console.WriteLine($"{runs} runs, {numbers} numbers, {excepted} failures by the exceptions, {failures.Count} others; nearest to {FormatRun.Allowed} times the bound:");
        while (nearest.TryDequeue(out var run, out _))
        {
            Console.WriteLine(run);
        }

        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    private static void Holds(DictionaryRow row, string name, int seed, IReadOnlyList<string> points, bool interpreted)
    {
        Assert.Equal(name, Name(row));
        var failures = FormatCase.Of(row, seed, points, interpreted)
            .Where(c => c.Run.Fails && !Array.Exists(_exceptions, e => e.Where(c))).ToList();
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    private static string Name(DictionaryRow row) => $"{row} of {string.Join(", ", row.Arguments.Select(a => a.Type.Shape))}";

    private static TheoryData<int, string> Named(IReadOnlyList<DictionaryRow> rows)
    {
        var data = new TheoryData<int, string>();
        for (int i = 0; i < rows.Count; i++)
        {
            data.Add(i, Name(rows[i]));
        }

        return data;
    }
}
