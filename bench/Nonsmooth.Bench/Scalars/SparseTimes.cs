using System.Diagnostics;
using System.Globalization;
using Nonsmooth.Bench.Claims;
using Nonsmooth.Compiled;
using Nonsmooth.Dictionary;
using Nonsmooth.Differentiation;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.Sparsity;
using Nonsmooth.Tensors;

namespace Nonsmooth.Bench.Scalars;

/// <summary>The Hessian of a chain of kinked springs: by colouring, and column by column with the same compiled products; one thread, by its own time.</summary>
internal static class SparseTimes
{
    public static int Run(string[] args)
    {
        int count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000;
        var energy = Programs.Program.Trace([("x", new Shape(count))], v =>
        {
            var (low, high) = (v[0].Slice(0, 0, count - 1), v[0].Slice(0, 1, count));
            var links = Functions.Multiply(Functions.Abs(Functions.Subtract(high, low)), Functions.Square(low));
            return [("energy", Functions.Add(links.Sum(), Functions.Square(Functions.Relu(Functions.Sin(v[0]))).Sum()))];
        });
        double[] x = [.. Enumerable.Range(0, count).Select(i => Math.Sin(i))];
        double star = 0;
        foreach (bool substitution in new[] { false, true })
        {
            var clock = Stopwatch.StartNew();
            var sparse = SparseHessian.Of(energy, new SparseOptions { Substitution = substitution });
            double planned = clock.Elapsed.TotalMilliseconds;
            var run = sparse.Start();
            run.Set(0, x);
            double seconds = Kernels.Clock.Medians(ThreadClock.Instance, 21, run.Execute)[0];
            star = substitution ? star : seconds;
            Console.WriteLine(Text($"{(substitution ? "acyclic" : "star")}: {count} variables, {sparse.Pattern.Count} entries, {sparse.Colouring.Count} products, planned in {planned:F0} ms, found in {seconds * 1e3:F3} ms"));
        }

        Taken.Note("sparse/hessian", star, Dense(energy, x));
        return 0;
    }

    private static double Dense(Programs.Program energy, double[] x)
    {
        var products = energy.Backprop(new BackpropOptions { KeepValues = false }).Forprop(new ForpropOptions { KeepValues = false });
        var run = CompiledProgram<double>.Of(products).Start();
        run.Set(0, x);
        double[] matrix = new double[(long)x.Length * x.Length];
        var clock = ThreadClock.Instance;
        long start = clock.GetTimestamp();
        for (int column = 0; column < x.Length; column++)
        {
            var seed = run.Input(1);
            seed.Clear();
            seed[column] = 1;
            run.Execute();
            run.Output(0).CopyTo(matrix.AsSpan(column * x.Length, x.Length));
        }

        double seconds = clock.GetElapsedTime(start).TotalSeconds;
        var sparse = SparseHessian.Of(energy).At(x);
        double difference = 0;
        for (int row = 0; row < x.Length; row++)
        {
            foreach (int column in sparse.Pattern.Row(row))
            {
                difference = Math.Max(difference, Math.Abs(sparse[row, column] - matrix[(column * x.Length) + row]));
                matrix[(column * x.Length) + row] = 0;
            }
        }

        Console.WriteLine(Text($"dense: {x.Length} products in {seconds * 1e3:F0} ms; largest difference {difference:G2}, largest entry outside the pattern {matrix.Max(Math.Abs):G2}"));
        return seconds;
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
