using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Nonsmooth.Arithmetic;
using Nonsmooth.Bench.Claims;
using Nonsmooth.Compiled;
using Nonsmooth.Differentiation;
using Nonsmooth.Evaluation;
using Nonsmooth.LibTorch.Measurement;

namespace Nonsmooth.Bench.Scalars;

/// <summary>
/// Random programs of numbers, value and gradient: compiled by us, and by gcc from C that is written from the same steps; in turns, by the
/// thread's own time, at 64 points one after another. C calls the C library's sine, we our own.
/// </summary>
internal static unsafe class ScalarTimes
{
    private const int Points = 64;
    private const int Rounds = 31;
    private const double Patience = 1500;

    public static int Run(string[] args)
    {
        bool peers = args is not ["--alone", ..];
        args = peers ? args : args[1..];
        int[] sizes = args.Length == 0 ? [100, 1000, 10_000, 100_000] : [.. args.Select(a => int.Parse(a, CultureInfo.InvariantCulture))];
        string folder = Directory.CreateTempSubdirectory("scalars").FullName;
        try
        {
            foreach (int size in sizes)
            {
                Time(size, folder, peers);
            }
        }
        finally
        {
            Directory.Delete(folder, true);
        }

        return 0;
    }

    private static void Time(int size, string folder, bool peers)
    {
        var clock = Stopwatch.StartNew();
        var (program, point) = ScalarPrograms.Draw(size, 1);
        var gradient = program.Backprop(new BackpropOptions());
        double built = clock.Elapsed.TotalMilliseconds;
        var compiled = CompiledProgram<double>.Of(gradient);
        double made = clock.Elapsed.TotalMilliseconds - built;
        compiled.Run([.. point.Select(x => new[] { x })]);
        Console.WriteLine(Text($"{size}: {program.Nodes.Count} nodes, gradient {gradient.Nodes.Count} nodes in {compiled.Operations} operations"));
        Console.WriteLine(Text($"{size}: from nothing to the first gradient {clock.Elapsed.TotalMilliseconds:F1} ms: building {built:F1}, compiling {made:F1}"));
        clock.Restart();
        compiled = CompiledProgram<double>.Of(gradient);
        Console.WriteLine(Text($"{size}: compiling once more {clock.Elapsed.TotalMilliseconds:F1} ms, {clock.Elapsed.TotalMicroseconds / compiled.Operations:F1} µs an operation"));
        var (plain, around) = ScalarPrograms.Draw(size, 1, sines: false);
        var plainValue = Ratio(size, "value without sines", plain, around, folder);
        var plainGradient = Ratio(size, "gradient without sines", plain.Backprop(new BackpropOptions()), around, folder);
        var value = Ratio(size, "value", program, point, folder);
        var both = Ratio(size, "gradient", gradient, point, folder);
        if (peers)
        {
            new PeerTimes(folder).Run(size, program, Around(point), both.Outputs[1..], both.Seconds);
        }

        Console.WriteLine(Text($"{size} without sines: value {plainValue.Ratio:F2} gradient {plainGradient.Ratio:F2}"));
        Console.WriteLine(Text($"{size} value {value.Ratio:F2} gradient {both.Ratio:F2}"));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Ratio, double Seconds, double[] Outputs) Ratio(int size, string what, Programs.Program program, double[] point, string folder)
    {
        var run = CompiledProgram<double>.Of(program).Start();
        var walk = CompiledProgram<double>.Of(program, new() { Mode = CompileMode.Tape }).Start();
        using var c = CFunction.Of(program, folder, $"{what.Replace(' ', '-')}{size}", Patience);
        double[] points = Around(point);
        double[] y = new double[program.Outputs.Count];
        int passes = Math.Max(1, 20_000 / size);
        int calls = Points * passes;
        double[][] seconds = [new double[Rounds], new double[Rounds], new double[Rounds]];
        var clock = ThreadClock.Instance;
        fixed (double* at = points, to = y)
        {
            // The runtime compiles what is called often once more, in the background: the first rounds are left out.
            var warm = Stopwatch.StartNew();
            for (int round = -1; round < Rounds; round += round >= 0 || warm.ElapsedMilliseconds > 700 ? 1 : 0)
            {
                for (int side = 0; side < 3; side++)
                {
                    long start = clock.GetTimestamp();
                    for (int call = 0; call < (side == 2 ? Points : calls); call++)
                    {
                        double* x = at + (call % Points * ScalarPrograms.Inputs);
                        if (side == 0)
                        {
                            new ReadOnlySpan<double>(x, ScalarPrograms.Inputs).CopyTo(run.Given);
                            run.Execute();
                        }
                        else if (side == 1)
                        {
                            c?.Call(x, to);
                        }
                        else
                        {
                            new ReadOnlySpan<double>(x, ScalarPrograms.Inputs).CopyTo(walk.Given);
                            walk.Execute();
                        }
                    }

                    if (round >= 0)
                    {
                        seconds[side][round] = clock.GetElapsedTime(start).TotalSeconds / (side == 2 ? Points : calls);
                    }
                }
            }
        }

        double[] ratios = [.. seconds[0].Zip(seconds[1], (a, b) => a / b).Order()];
        var own = Stopwatch.StartNew();
        Interpreter.Run<Float64>(program, [.. point.Select(p => new[] { p })]);
        double interpreted = own.Elapsed.TotalMicroseconds;
        string compared = c is null ? "no C" : Text(
            $"C {Median(seconds[1]) * 1e6:F3} µs (gcc {c.CompileSeconds:F1} s), ratio {Median(ratios):F2} ({ratios[0]:F2}–{ratios[^1]:F2}), last difference {Math.Abs(y[0] - run.Output(0)[0]):G2}");
        if (c is not null)
        {
            Taken.Note($"scalar/{size}/{what}", Median(seconds[0]), Median(seconds[1]), Median(ratios), ratios[0], ratios[^1]);
        }

        Console.WriteLine(Text($"{size} {what}: {Median(seconds[0]) * 1e6:F3} µs, {compared}; tape {Median(seconds[2]) * 1e6:F3} µs, interpreter {interpreted:F0} µs"));
        if (Array.Exists(Enumerable.Range(0, program.Outputs.Count).ToArray(), o => !double.IsFinite(run.Output(o)[0])))
        {
            Console.WriteLine($"{size} {what}: not every output is finite");
        }

        double[] outputs = [.. Enumerable.Range(0, program.Outputs.Count).Select(o => run.Output(o)[0])];
        return (c is null ? double.NaN : Median(ratios), Median(seconds[0]), outputs);
    }

    // Nearby, so that branches go both ways and numbers stay of the size they were drawn with.
    private static double[] Around(double[] point)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, Points).SelectMany(_ => point.Select(x => x + (0.2 * (random.NextDouble() - 0.5))))];
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
