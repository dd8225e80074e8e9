using System.Globalization;
using Nonsmooth.Compiled;
using Nonsmooth.Cost;
using Nonsmooth.Differentiation;
using Nonsmooth.LibTorch.Measurement;

namespace Nonsmooth.Bench.Scalars;

/// <summary>What a gradient costs against its value over random programs of 20 to 200 operations: counted against the proved bound, and measured, compiled.</summary>
internal static class GradientRatio
{
    private const int Calls = 40;
    private const int Rounds = 7;

    public static int Run(string[] args)
    {
        int programs = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000;
        var model = new UnitModel(Nonlinear: 1);
        double[] measured = new double[programs];
        double largest = 0;
        int above = 0;
        for (int i = 0; i < programs; i++)
        {
            var (program, point) = ScalarPrograms.Draw(20 + (i * 7 % 181), (ulong)i + 1);
            double counted = model.Backprop(program) / model.Cost(program);
            double bound = model.Bound(program, 1).OmegaB;
            above += counted > bound ? 1 : 0;
            largest = Math.Max(largest, counted / bound);
            var value = Prepared(program, point);
            var gradient = Prepared(program.Backprop(new BackpropOptions()), point);
            double[] seconds = Kernels.Clock.Medians(ThreadClock.Instance, Rounds, () => Repeat(value), () => Repeat(gradient));
            measured[i] = seconds[1] / seconds[0];
        }

        Array.Sort(measured);
        foreach (var bin in measured.GroupBy(r => Math.Min(10, Math.Floor(r * 2) / 2)))
        {
            Console.WriteLine(FormattableString.Invariant($"{bin.Key,4:F1}{(bin.Key == 10 ? " and more" : $" to {bin.Key + 0.5:F1}")}: {bin.Count(),6} {new string('#', 60 * bin.Count() / programs)}"));
        }

        Console.WriteLine(FormattableString.Invariant(
            $"{programs} programs: counted above the bound {above}, at most {largest:F3} of it; measured median {measured[programs / 2]:F2}, above 5 {100.0 * measured.Count(r => r > 5) / programs:F2} %"));
        return 0;
    }

    private static CompiledRun<double> Prepared(Programs.Program program, double[] point)
    {
        var run = CompiledProgram<double>.Of(program).Start();
        point.CopyTo(run.Given);
        return run;
    }

    private static void Repeat(CompiledRun<double> run)
    {
        for (int i = 0; i < Calls; i++)
        {
            run.Execute();
        }
    }
}
