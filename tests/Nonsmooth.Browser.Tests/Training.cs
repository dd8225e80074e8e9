using System.Diagnostics;
using System.Globalization;
using Nonsmooth.Cli.Shell;

namespace Nonsmooth.Browser.Tests;

/// <summary>A process that trains and is watched.</summary>
internal sealed class Training : IDisposable
{
    private readonly Process _process;

    private Training(Process process) => _process = process;

    // A shell that starts something in the background has it ignore Ctrl-C, and so what that starts.
    public static Training Start(string folder, string line) => new(Process.Start(
        new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", typeof(Tool).Assembly.Location, .. line.Split(' ')]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!);

    /// <summary>What it says on standard error of where the page is.</summary>
    public async Task<string> Address()
    {
        string line = await _process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) ?? "nothing";
        return line.Split(" at ") is [_, var address] ? address : throw new InvalidOperationException($"it says: {line}{await _process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)}");
    }

    public async Task Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)])!;
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> End()
    {
        await _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
