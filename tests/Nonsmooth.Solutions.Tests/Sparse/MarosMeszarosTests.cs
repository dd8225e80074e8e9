using System.IO.Compression;
using System.Text.Json;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Solutions.Tests.Sparse;

/// <summary>The recorded test set of quadratic programs (Maros and Mészáros, 1999): solved, by conditions that are checked here, and differentiated. In full with <c>NONSMOOTH_TRIALS=1</c>.</summary>
[Trait("Speed", "Slow")]
public sealed class MarosMeszarosTests(ITestOutputHelper output)
{
    // Where they are not solved: VALUES is not convex, of the others the solver stops short and says by how much.
    private static readonly string[] _refused = ["VALUES", "QETAMACR", "QPILOTNO"];
    private const int _small = 1100;

    [Fact]
    public void TheyAreSolvedAndDifferentiated()
    {
        var (solved, differentiated, oneSided, refused) = (0, 0, 0, new List<string>());
        foreach (string file in Directory.GetFiles(Path.Combine(SharedData.FolderOrSkip("qp"), "qp"), "*.json.gz").Order(StringComparer.Ordinal))
        {
            var problem = Given.Read(file);
            if (!Trials.IsWhole && problem.Upper.Length > _small)
            {
                continue;
            }

            SolutionReport report;
            try
            {
                report = problem.Map.Report(problem.Arguments(problem.Linear))[0];
            }
            catch (SolutionException e)
            {
                refused.Add(problem.Name);
                output.WriteLine($"{problem.Name}: {e.GetType().Name}: {e.Message}");
                continue;
            }

            double error = problem.Error(report.Solution.Values[0], report.Solution.Values[1]);
            Assert.True(error <= 1e-8, $"{problem.Name}: {error:E2}");
            solved++;
            if (report.IsRegular)
            {
                differentiated += Differs(problem, report) ? 1 : 0;
            }
            else
            {
                oneSided++;
            }
        }

        output.WriteLine($"{solved} solved, {refused.Count} refused; of {solved - oneSided} regular ones {differentiated} differ from central differences; {oneSided} have no proved derivative");
        Assert.All(refused, name => Assert.Contains(name, _refused));
        Assert.Equal(0, differentiated);
        Assert.True(solved >= (Trials.IsWhole ? 84 : 40), $"{solved} solved");
    }

    // The slope of ⟨u, x⟩ along a direction of q, by the derivative and by differences of solves on both sides, with steps that shrink until both agree or the step is lost in rounding.
    private bool Differs(Given problem, SolutionReport report)
    {
        int n = problem.Linear.Length;
        var random = new CounterRandom(11);
        double[] u = [.. Enumerable.Range(0, n).Select(i => random.Normal((ulong)i))];
        double size = problem.Linear.Select(Math.Abs).DefaultIfEmpty(0).Max();
        double[] direction = [.. Enumerable.Range(0, n).Select(i => random.Normal((ulong)(n + i)) * Math.Max(size, 1e-3))];
        double slope = report.Derivative.Cotangent([u, new double[problem.Upper.Length]])[1].Zip(direction, (g, d) => g * d).Sum();
        double scale = Math.Abs(slope) + report.Solution.Values[0].Zip(u, (x, w) => Math.Abs(x * w)).Max();
        for (double step = 1e-3; step > 1e-8; step /= 10)
        {
            double difference = (Value(step) - Value(-step)) / (2 * step);
            if (Math.Abs(difference - slope) <= 1e-5 * scale)
            {
                return false;
            }
        }

        output.WriteLine($"{problem.Name}: slope {slope:G6} is not that of differences");
        return true;

        double Value(double step) => problem.Map.Report(problem.Arguments([.. problem.Linear.Zip(direction, (q, d) => q + (step * d))]))[0].Solution.Values[0].Zip(u, (x, w) => x * w).Sum();
    }

    /// <summary>A problem of the set: minimise ½xᵀPx + qᵀx over l ≤ Ax ≤ u.</summary>
    private sealed record Given(string Name, (int[] Row, int[] Column, double[] Value) P, double[] Linear, (int[] Row, int[] Column, double[] Value) A, double[] Lower, double[] Upper)
    {
        private const double _none = 1e20;

        public SparseQuadraticProgram Map { get; } = new(
            SparsePattern.Of(Linear.Length, Linear.Length, P.Row.Zip(P.Column)), SparsePattern.Of(Lower.Length, Linear.Length, A.Row.Zip(A.Column)));

        public static Given Read(string file)
        {
            using var record = JsonDocument.Parse(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
            var root = record.RootElement;
            return new(root.GetProperty("name").GetString()!, Entries("P"), Numbers(root.GetProperty("q")), Entries("A"), Bounds("l"), Bounds("u"));

            (int[], int[], double[]) Entries(string name) => (
                [.. root.GetProperty(name).GetProperty("row").EnumerateArray().Select(e => e.GetInt32())],
                [.. root.GetProperty(name).GetProperty("col").EnumerateArray().Select(e => e.GetInt32())],
                Numbers(root.GetProperty(name).GetProperty("value")));

            double[] Bounds(string name) => [.. Numbers(root.GetProperty(name)).Select(b => b >= _none ? double.PositiveInfinity : b <= -_none ? double.NegativeInfinity : b)];

            double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetDouble())];
        }

        public Tensor<double>[] Arguments(double[] linear) => [Of(Ordered(P, Map.Quadratic)), Of(linear), Of(Ordered(A, Map.Constraints)), Of(Lower), Of(Upper)];

        /// <summary>The largest violation of the conditions: gradient and rows relative to 1 + their largest term, and the gap of objectives to theirs.</summary>
        public double Error(double[] x, double[] y)
        {
            var (gradient, terms) = ((double[])Linear.Clone(), (double[])[.. Linear.Select(Math.Abs)]);
            var (rows, sizes) = (new double[Lower.Length], new double[Lower.Length]);
            double quadratic = 0;
            for (int k = 0; k < P.Value.Length; k++)
            {
                var (i, j, v) = (P.Row[k], P.Column[k], P.Value[k]);
                Add(gradient, terms, i, v * x[j]);
                quadratic += v * x[i] * x[j] * (i == j ? 1 : 2);
                if (i != j)
                {
                    Add(gradient, terms, j, v * x[i]);
                }
            }

            for (int k = 0; k < A.Value.Length; k++)
            {
                Add(gradient, terms, A.Column[k], A.Value[k] * y[A.Row[k]]);
                Add(rows, sizes, A.Row[k], A.Value[k] * x[A.Column[k]]);
            }

            double worst = gradient.Zip(terms, (g, t) => Math.Abs(g) / (1 + t)).Max();
            double support = 0;
            for (int i = 0; i < rows.Length; i++)
            {
                worst = Math.Max(worst, Math.Max(Lower[i] - rows[i], rows[i] - Upper[i]) / (1 + sizes[i]));
                Assert.True(y[i] == 0 || double.IsFinite(y[i] > 0 ? Upper[i] : Lower[i]), $"row {i} has a multiplier and no bound");
                support += y[i] == 0 ? 0 : y[i] * (y[i] > 0 ? Upper[i] : Lower[i]);
            }

            double linear = Linear.Zip(x, (q, v) => q * v).Sum();
            return Math.Max(worst, Math.Abs(quadratic + linear + support) / (1 + Math.Max(Math.Abs(quadratic), Math.Max(Math.Abs(linear), Math.Abs(support)))));

            static void Add(double[] sums, double[] terms, int at, double term)
            {
                sums[at] += term;
                terms[at] = Math.Max(terms[at], Math.Abs(term));
            }
        }

        private static double[] Ordered((int[] Row, int[] Column, double[] Value) entries, SparsePattern pattern)
        {
            var values = Enumerable.Range(0, entries.Value.Length).ToDictionary(k => (entries.Row[k], entries.Column[k]), k => entries.Value[k]);
            return [.. pattern.Places.Select(p => values[p])];
        }

        private static Tensor<double> Of(double[] values) => Tensor.Of(new Shape(values.Length), values);
    }
}
