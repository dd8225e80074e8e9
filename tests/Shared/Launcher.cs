using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Nonsmooth.Tests.Shared;

/// <summary>A launcher of MPI that starts ranks of a program beside the tests.</summary>
internal sealed record Launcher(string Name, string Program, string[] Options)
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    public static Launcher OpenMpi { get; } = new("Open MPI", "mpirun.openmpi", ["--oversubscribe", "--allow-run-as-root"]);

    public static Launcher Mpich { get; } = new("MPICH", "mpirun.mpich", []);

    public static Launcher Of(string name) => name == Mpich.Name ? Mpich : OpenMpi;

    /// <summary>Runs so many ranks to their end; skips the test where there is no such launcher.</summary>
    /// <param name="ranks">How many.</param>
    /// <param name="assembly">The program's assembly, beside the tests' own.</param>
    /// <param name="arguments">Its arguments.</param>
    public (int ExitCode, string Out, string Error, TimeSpan Time) Run(int ranks, string assembly, params string[] arguments) => Run(ranks, assembly, null, arguments);

    /// <summary>The same, with something done once every rank has written a line.</summary>
    public (int ExitCode, string Out, string Error, TimeSpan Time) Run(int ranks, string assembly, Action<string[]>? meanwhile, params string[] arguments)
    {
        var start = new ProcessStartInfo(Program) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (string argument in (string[])[.. Options, "-np", ranks.ToString(CultureInfo.InvariantCulture), "dotnet", Path.Combine(AppContext.BaseDirectory, assembly), .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        // Waiting ranks leave the processor to those that work: there are more of them than cores.
        start.Environment["OMPI_MCA_mpi_yield_when_idle"] = "1";

        // Open MPI gives ranks a terminal, on which a program would begin by setting its keys.
        start.Environment["TERM"] = "dumb";
        var watch = Stopwatch.StartNew();
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip($"{Program} is not installed: {Name} is not tested");
            throw;
        }

        using (process)
        {
            process.StandardInput.Close();
            meanwhile?.Invoke([.. Enumerable.Range(0, ranks).Select(_ => process.StandardOutput.ReadLine()!)]);
            watch.Restart();
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            if (!process.WaitForExit(_patience))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail($"{Program} with {string.Join(' ', arguments)} has not ended after {_patience}: {error.Result}");
            }

            return (process.ExitCode, output.Result, error.Result, watch.Elapsed);
        }
    }
}
