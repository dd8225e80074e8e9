using Nonsmooth.Cost;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Programs;

namespace Nonsmooth.LibTorch.Measurement;

/// <summary>Finds the nodes whose measured gradient breaks the bound of the cheap gradient principle.</summary>
/// <remarks>
/// The bound is on operations. In seconds a node may take <see cref="CheapGradientOptions.Tolerance"/> times as much;
/// each executed node has a fixed cost, which is subtracted, but for no more nodes than the same multiple of those of
/// the value: a gradient of thousands of small nodes is dear because of their number. A value that costs next to
/// nothing, as a view's, is taken to cost what moving its data once does. Source: complexity specification, 2.2 and 7.6.
/// </remarks>
public static class CheapGradientCheck
{
    /// <summary>The violations, the worst first.</summary>
    /// <param name="objective">The program of the value.</param>
    /// <param name="gradient">Its backprop.</param>
    /// <param name="measurement">The times of both.</param>
    /// <param name="machine">Where the fixed costs of kernels are from; those of the options without any.</param>
    /// <param name="options">What counts as one; the defaults without any.</param>
    public static IReadOnlyList<Violation> Find(
        Program objective, Program gradient, Measurement measurement, MachineModel? machine = null, CheapGradientOptions? options = null)
    {
        options ??= new CheapGradientOptions();
        double bound = new UnitModel(options.Nonlinear).Bound(UnitModel.Primitives.Values, 1).OmegaB;
        using var compiled = new LibTorchExecutor().Compile(gradient);
        var host = compiled.HostNodes.ToHashSet(StringComparer.Ordinal);
        var fixedCosts = machine?.Predict(gradient).ToDictionary(p => p.Name, p => p.Fixed, StringComparer.Ordinal);
        var rows = objective.Nodes.ToDictionary(node => node.Name, node => new Row(node, Floor(objective, node, options)), StringComparer.Ordinal);
        foreach (var time in measurement.Gradient.Nodes)
        {
            if (time.Lineage.FirstOrDefault(rows.ContainsKey) is not { } name)
            {
                continue;
            }

            var row = rows[name];
            if (!time.Backward)
            {
                row.Forward += time.Least;
                row.Values++;
                continue;
            }

            double subtracted = Math.Min(time.Least, Math.Max(options.Fixed, fixedCosts?.GetValueOrDefault(time.Name) ?? 0));
            row.Backward.Add((time.Name, time.Least, subtracted));
        }

        return
        [
            .. rows.Values.Where(row => row.Backward.Count > 0).Select(row => row.Judge(bound, options.Tolerance, host))
                .Where(v => v.Ratio > bound * options.Tolerance)
                .OrderByDescending(v => v.Ratio),
        ];
    }

    private static double Floor(Program program, Node node, CheapGradientOptions options) => options.Fixed
        + (node.Arguments.Concat(node.Results).Sum(v => (double)CacheWalk.Size(program.Types[v])) / options.BytesPerSecond);

    private sealed class Row(Node node, double floor)
    {
        public Node Node => node;

        public double Floor => floor;

        public double Forward { get; set; }

        public int Values { get; set; }

        public List<(string Name, double Seconds, double Fixed)> Backward { get; } = [];

        public Violation Judge(double bound, double tolerance, HashSet<string> host)
        {
            int allowed = (int)Math.Ceiling(bound * Math.Max(1, tolerance) * Math.Max(1, Values));
            double backward = Backward.Sum(b => b.Seconds) - Backward.Select(b => b.Fixed).OrderDescending().Take(allowed).Sum();
            string slowest = Backward.MaxBy(b => b.Seconds - b.Fixed).Name;
            return new Violation(node.Name, node.Function.Name, Math.Max(floor, Forward), backward, bound, slowest, host.Contains(slowest));
        }
    }
}
