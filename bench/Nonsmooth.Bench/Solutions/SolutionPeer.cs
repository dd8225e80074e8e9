using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Nonsmooth.Tensors;

namespace Nonsmooth.Bench.Solutions;

/// <summary>scikit-learn and cvxopt in a process of their own, on one thread, asked for a problem and for solves of it.</summary>
internal sealed class SolutionPeer : IDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private SolutionPeer(Process process, string folder, string version) => (_process, _folder, Version) = (process, folder, version);

    public string Version { get; }

    /// <summary>Starts the first Python on this machine that has the peers; null when none has.</summary>
    public static SolutionPeer? Start()
    {
        string folder = Directory.CreateTempSubdirectory("nonsmooth-bench").FullName;
        string script = Path.Combine(Steps.PyTorchPeer.Repository(), "bench", "peers", "solutions.py");
        foreach (string python in new[] { Environment.GetEnvironmentVariable("NONSMOOTH_PYTHON"), "/usr/bin/python3", "python3" }.OfType<string>())
        {
            var start = new ProcessStartInfo(python, [script, folder]) { RedirectStandardInput = true, RedirectStandardOutput = true };
            start.Environment["OMP_NUM_THREADS"] = "1";
            var process = Process.Start(start);
            if (process?.StandardOutput.ReadLine() is { } version)
            {
                return new SolutionPeer(process, folder, version);
            }

            process?.Dispose();
        }

        return null;
    }

    /// <summary>A problem's kind and arrays, in the order in which the peer names them.</summary>
    public (string Kind, (Shape Shape, double[] Values)[] Arrays) Make(string name)
    {
        string[] parts = Ask($"make {name}").Split(';');
        double[] numbers = Read("problem");
        int at = 0;
        var arrays = parts[1..].Select(part =>
        {
            var shape = new Shape([.. part.Split(' ')[1..].Select(s => int.Parse(s, CultureInfo.InvariantCulture))]);
            at += shape.Elements;
            return (shape, numbers[(at - shape.Elements)..at]);
        }).ToArray();
        return (parts[0], arrays);
    }

    /// <summary>Processor seconds of a solve and of a gradient, repeated for so long; and the solution.</summary>
    public (double Solve, double Gradient, double[] Solution) Run(double seconds, bool loose)
    {
        string[] answer = Ask(FormattableString.Invariant($"run {seconds} {(loose ? 1 : 0)}")).Split(' ');
        return (double.Parse(answer[0], CultureInfo.InvariantCulture), double.Parse(answer[1], CultureInfo.InvariantCulture), Read("solution"));
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, true);
    }

    private string Ask(string request)
    {
        _process.StandardInput.WriteLine(request);
        _process.StandardInput.Flush();
        return _process.StandardOutput.ReadLine() ?? throw new NonsmoothException($"the peer ended at '{request}': its error stands above");
    }

    private double[] Read(string file) => MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(Path.Combine(_folder, file))).ToArray();
}
