using System.Globalization;
using Nonsmooth.Bench.Steps;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.Training.Engine;

namespace Nonsmooth.Bench.Claims;

/// <summary><c>claims</c>: the page of all figures; <c>--measure</c> takes them again, by the verbs that the claims name.</summary>
internal static class ClaimRun
{
    /// <summary>Prints the page, or measures.</summary>
    /// <param name="args"><c>[--measure [VERB]...] [--write]</c>; a verb's first word, all of them without one.</param>
    /// <param name="run">Runs a verb of the bench.</param>
    public static int Run(string[] args, Func<string[], int> run)
    {
        string root = PyTorchPeer.Repository();
        string path = Path.Combine(root, "bench", "claims.json");
        var file = ClaimText.Read(path);
        bool writes = args.Contains("--write");
        if (args.Contains("--measure"))
        {
            file = Measure(file, [.. args.Where(a => !a.StartsWith("--", StringComparison.Ordinal))], run);
        }

        if (writes)
        {
            File.WriteAllText(path, ClaimText.Json(file));
            File.WriteAllText(Path.Combine(root, "docs", "benchmarks.md"), ClaimText.Page(file));
        }

        if (!args.Contains("--measure"))
        {
            Console.Write(ClaimText.Page(file));
        }

        return 0;
    }

    private static ClaimFile Measure(ClaimFile file, IReadOnlyList<string> wanted, Func<string[], int> run)
    {
        var identity = MachineIdentity.Current();
        string machine = $"{identity.Processor}, {RunMachine.Now["instructions"]}, {identity.Cores} cores, libtorch {identity.LibTorch}";
        foreach (string verb in file.Claims.Select(c => c.Verb).Distinct().Where(v => wanted.Count == 0 || wanted.Contains(v.Split(' ')[0])))
        {
            Console.WriteLine($"# {verb}");
            run(verb.Split(' '));
        }

        string load = File.Exists("/proc/loadavg") ? $"load {File.ReadAllText("/proc/loadavg").Split(' ')[1]}" : "load unknown";
        string date = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var taken = Taken.All.ToLookup(t => t.Id);
        Console.WriteLine("# ratios: kept, then now");
        return file with
        {
            Claims = [.. file.Claims.Select(claim =>
            {
                if (taken[claim.Id].LastOrDefault() is not { Id: not null } now)
                {
                    return claim;
                }

                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{claim.Id,-40} {claim.Measured.Ratio,8:G3} {now.Ratio,8:G3} ({now.Low:G3}–{now.High:G3})"));
                double unit = Seconds(claim.Unit);
                return claim with
                {
                    Measured = new(Digits(now.Ours / unit), now.Theirs is { } theirs ? Digits(theirs / unit) : null, Rounded(now.Ratio), Rounded(now.Low), Rounded(now.High), machine, load, date),
                };
            })],
        };
    }

    // Verbs note seconds; what has another unit is kept as it is.
    private static double Seconds(string unit) => unit switch { "ns" => 1e-9, "µs" => 1e-6, "ms" => 1e-3, _ => 1 };

    private static double? Rounded(double? value) => value is { } v ? Digits(v) : null;

    private static double Digits(double value) => double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
