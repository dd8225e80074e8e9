using System.Globalization;
using Nonsmooth.Bench.Claims;
using Nonsmooth.Compiled;
using Nonsmooth.Differentiation;
using Nonsmooth.LibTorch.Measurement;

namespace Nonsmooth.Bench.Scalars;

/// <summary>A program of 100 operations at many points: side by side in vectors, on one thread and on two, beside C one point at a time; in turns.</summary>
internal static unsafe class BatchTimes
{
    public static int Run(string[] args)
    {
        int count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        int operations = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 100;
        var (program, point) = ScalarPrograms.Draw(operations, 1);
        string folder = Directory.CreateTempSubdirectory("scalars").FullName;
        try
        {
            Time("value", program, point, count, folder);
            Time("gradient", program.Backprop(new BackpropOptions()), point, count, folder);
        }
        finally
        {
            Directory.Delete(folder, true);
        }

        return 0;
    }

    private static void Time(string what, Programs.Program program, double[] point, int count, string folder)
    {
        var batch = CompiledProgram<double>.Of(program).Batch();
        using var c = CFunction.Of(program, folder, what, 600);
        var random = new Random(7);
        double[] points = [.. Enumerable.Range(0, count).SelectMany(_ => point.Select(x => x + (0.2 * (random.NextDouble() - 0.5))))];
        double[] results = new double[count * batch.Results];
        double[] theirs = new double[count * batch.Results];
        double[] own = Kernels.Clock.Medians(ThreadClock.Instance, 21, () => batch.Run(points, results), () => Call(c, points, theirs, batch.Numbers, batch.Results));
        double[] wall = Kernels.Clock.Medians(21, () => batch.Run(points, results), () => batch.Run(points, results, 2));
        double[] ns = [.. own.Concat(wall).Select(s => s / count * 1e9)];
        Taken.Note($"scalar-batch/{what}", own[0] / count, own[1] / count);
        Taken.Note($"scalar-batch/{what}/two threads", wall[1] / count, wall[0] / count);
        Console.WriteLine(FormattableString.Invariant(
            $"{what}: {ns[0]:F1} ns a point on one thread by its own time, C {ns[1]:F1}: ratio {ns[0] / ns[1]:F2}; by the wall {ns[2]:F1} on one thread, {ns[3]:F1} on two, {ns[2] / ns[3]:F2} times as fast; largest difference {results.Zip(theirs, (a, b) => Math.Abs(a - b)).Max():G2}"));
    }

    private static void Call(CFunction? c, double[] points, double[] results, int numbers, int each)
    {
        fixed (double* x = points, y = results)
        {
            for (int p = 0; p < points.Length / numbers; p++)
            {
                c?.Call(x + (p * numbers), y + (p * each));
            }
        }
    }
}
