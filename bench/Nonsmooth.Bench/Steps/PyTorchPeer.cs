using System.Diagnostics;
using System.Globalization;

namespace Nonsmooth.Bench.Steps;

/// <summary>PyTorch eager in a process of its own, asked for so many steps at a time.</summary>
internal sealed class PyTorchPeer : IDisposable
{
    private readonly Process _process;

    private PyTorchPeer(Process process, string version)
    {
        _process = process;
        Version = version;
    }

    public string Version { get; }

    /// <summary>Starts the first Python on this machine that has PyTorch; null when none has.</summary>
    public static PyTorchPeer? Start(string model, int batch, int threads)
    {
        string script = Path.Combine(Repository(), "bench", "peers", "pytorch_step.py");
        foreach (string python in new[] { Environment.GetEnvironmentVariable("NONSMOOTH_PYTHON"), "python3", "/usr/bin/python3" }.OfType<string>())
        {
            var start = new ProcessStartInfo(python, [script, model, batch.ToString(CultureInfo.InvariantCulture), threads.ToString(CultureInfo.InvariantCulture)])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            };

            // What this library gives its own threads: without it those of the peer's two libraries fight for the cores.
            start.Environment["GOMP_SPINCOUNT"] = "10000";
            var process = Process.Start(start);
            if (process?.StandardOutput.ReadLine() is { } version)
            {
                return new PyTorchPeer(process, version);
            }

            process?.Dispose();
        }

        return null;
    }

    /// <summary>Seconds that so many steps took, measured inside Python.</summary>
    public double Seconds(int steps) => Ask($"steps {steps}");

    /// <summary>Seconds of processor time that so many steps took.</summary>
    public double ProcessorSeconds(int steps) => Ask($"cpu {steps}");

    private double Ask(string request)
    {
        _process.StandardInput.WriteLine(request);
        _process.StandardInput.Flush();
        return double.Parse(_process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    internal static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Nonsmooth.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new NonsmoothException("run the benchmark from inside the repository");
    }
}
