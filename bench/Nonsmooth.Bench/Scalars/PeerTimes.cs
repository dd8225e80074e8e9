using System.Diagnostics;
using System.Globalization;
using Nonsmooth.Bench.Claims;

namespace Nonsmooth.Bench.Scalars;

/// <summary>
/// The same program in C++ by other libraries for derivatives: a file of bench/peers/scalars each, with the steps written for it; those that
/// are not installed are said.
/// </summary>
internal sealed class PeerTimes(string folder)
{
    private const double Patience = 300;

    private const string Trilinos = "-I/usr/include/trilinos -I/usr/lib/x86_64-linux-gnu/openmpi/include -DOMPI_SKIP_MPICXX -ltrilinos_sacado -ltrilinos_teuchoscore -ltrilinos_teuchoscomm -ltrilinos_teuchosparameterlist -lmpi";

    private static readonly (string Name, string File, string Flags)[] _peers =
    [
        ("ADOL-C, tape reused", "adolc", "-ladolc"),
        ("Ceres jets", "ceres", "-I/usr/include/eigen3"),
        ("Sacado, reverse", "sacado", "-DREVERSE " + Trilinos),
        ("Sacado, forward", "sacado", Trilinos),
        ("Boost.Autodiff, ten passes", "boost", ""),
    ];

    /// <summary>Times them all on a program and prints a line each.</summary>
    /// <param name="operations">How many operations the program was drawn with.</param>
    /// <param name="program">The program of the value.</param>
    /// <param name="points">64 points of ten numbers.</param>
    /// <param name="slopes">Ours at the last point.</param>
    /// <param name="ours">Our seconds for the gradient, the value included.</param>
    public void Run(int operations, Programs.Program program, double[] points, double[] slopes, double ours)
    {
        int size = program.Nodes.Count;
        File.WriteAllText(Path.Combine(folder, "steps.h"), PeerSource.Of(program, points));
        File.WriteAllText(Path.Combine(folder, "points.txt"), string.Join('\n', points.Select(x => x.ToString("R", CultureInfo.InvariantCulture))));
        foreach (var (name, file, flags) in _peers)
        {
            if (Time(file, flags, Math.Max(1, 2_000 / size)) is not { } time)
            {
                Console.WriteLine($"{size} {name}: not here, or refused");
                continue;
            }

            double difference = slopes.Zip(time.Slopes, (a, b) => Math.Abs(a - b) / Math.Max(1e-300, Math.Abs(a))).Max();
            Taken.Note($"scalar/{operations}/gradient/{name}", ours, time.Gradient);
            Console.WriteLine(FormattableString.Invariant(
                $"{size} {name}: value {time.Value * 1e6:F2} µs, gradient {time.Gradient * 1e6:F2} µs, {time.Gradient / ours:F1} times ours; first gradient {time.First:F2} ms, g++ {time.Compiled:F1} s; largest relative difference {difference:G2}"));
        }
    }

    private (double Value, double Gradient, double First, double Compiled, double[] Slopes)? Time(string file, string flags, int passes)
    {
        string executable = Path.Combine(folder, "peer");
        var clock = Stopwatch.StartNew();
        string source = Path.Combine(Sources(), file + ".cpp");
        if (Call("g++", $"-O3 -march=x86-64-v3 -ffp-contract=off -w -I{folder} -o {executable} {source} {flags}") is null)
        {
            return null;
        }

        double compiled = clock.Elapsed.TotalSeconds;
        if (Call(executable, $"{Path.Combine(folder, "points.txt")} {passes}") is not { } output)
        {
            return null;
        }

        double[] n = [.. output.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(t => double.Parse(t, CultureInfo.InvariantCulture))];
        return (n[0] * 1e-9, n[1] * 1e-9, n[2], compiled, n[4..]);
    }

    private string? Call(string command, string arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(TimeSpan.FromSeconds(Patience)))
            {
                process.Kill();
                Console.WriteLine($"{command} took more than {Patience} s");
                return null;
            }

            if (process.ExitCode == 0)
            {
                return output.Result.Trim();
            }

            Console.WriteLine(errors.Result.Split('\n').FirstOrDefault(l => l.Contains("error", StringComparison.Ordinal)) ?? $"{Path.GetFileName(command)} ended with {process.ExitCode}");
            return null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Console.WriteLine($"no {command}");
            return null;
        }
    }

    private static string Sources()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string peers = Path.Combine(at.FullName, "bench", "peers", "scalars");
            if (Directory.Exists(peers))
            {
                return peers;
            }
        }

        throw new DirectoryNotFoundException("no folder bench/peers/scalars above the program");
    }
}
