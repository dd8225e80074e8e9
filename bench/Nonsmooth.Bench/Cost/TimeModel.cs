using Nonsmooth.Cost;
using Nonsmooth.Dictionary;
using Nonsmooth.Programs;
using Nonsmooth.Tensors;

namespace Nonsmooth.Bench.Cost;

/// <summary>Time of a program: a fixed part of each run, input and node, and rates for operations and elements, fitted to measured plans.</summary>
internal sealed class TimeModel(double[] rates)
{
    private const int Features = 9;

    /// <summary>Seconds of a number of runs in a row.</summary>
    public double Price(Programs.Program program, long times)
    {
        double[] of = new double[Features];
        Add(of, program, times);
        return of.Zip(rates, (f, rate) => f * rate).Sum();
    }

    /// <summary>Fits the rates, none negative, to relative errors.</summary>
    public static TimeModel Fit(IReadOnlyList<(JacobianPlan Plan, double Seconds)> measured)
    {
        double[][] rows = [.. measured.Select(m => Array.ConvertAll(Row(m.Plan), x => x / m.Seconds))];
        double[][] products = [.. Enumerable.Range(0, Features).Select(f => Enumerable.Range(0, Features).Select(g => rows.Sum(r => r[f] * r[g])).ToArray())];
        double[] sums = [.. Enumerable.Range(0, Features).Select(f => rows.Sum(r => r[f]))];
        double[] rates = new double[Features];
        for (int pass = 0; pass < 100_000; pass++)
        {
            for (int f = 0; f < Features; f++)
            {
                double rest = sums[f];
                for (int g = 0; g < Features; g++)
                {
                    rest -= g == f ? 0 : products[f][g] * rates[g];
                }

                rates[f] = products[f][f] > 0 ? Math.Max(0, rest / products[f][f]) : 0;
            }
        }

        return new TimeModel(rates);
    }

    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"node of a first run {rates[8] * 1e9:F0} ns, run {rates[6] * 1e9:F0} ns, input {rates[7] * 1e9:F0} ns, view {rates[0] * 1e9:F0} ns, kernel {rates[1] * 1e9:F0} ns, operation {rates[2] * 1e9:F3} ns, nonlinear {rates[3] * 1e9:F3} ns, multiply-add {rates[4] * 1e9:F3} ns, element {rates[5] * 1e9:F3} ns");

    private static double[] Row(JacobianPlan plan)
    {
        double[] row = new double[Features];
        foreach (var stage in plan.Stages)
        {
            Add(row, stage.Once, 1);
            Add(row, stage.Each, stage.Sweeps);
        }

        if (plan.Product is { } product)
        {
            Add(row, product, 1);
        }

        return row;
    }

    private static void Add(Span<double> row, Programs.Program program, long times)
    {
        row[6] += times;
        row[7] += times * program.Inputs.Count;
        row[8] += program.Nodes.Count;
        foreach (var node in program.Nodes)
        {
            Add(row, node.Function, program.ArgumentTypes(node), times);
        }
    }

    private static void Add(Span<double> row, ElementaryFunction function, IReadOnlyList<TensorType> types, long times)
    {
        if (function is Reshape or Transpose or Broadcast or Slice)
        {
            row[0] += times;
            row[5] += times * types.Sum(t => t.Shape.Count64);
            return;
        }

        var count = function.Count(types);
        long products = function is IMultiplyAdds product ? product.EffectiveMultiplyAdds(types) : 0;
        row[1] += times;
        row[2] += times * (products > 0 ? 0 : count.Total - count.Nonlinear);
        row[3] += times * count.Nonlinear;
        row[4] += times * products;
        row[5] += times * (types.Sum(t => t.Shape.Count64) + function.InferTypes(types).Sum(t => t.Shape.Count64));
    }
}
