using System.Diagnostics;

namespace Nonsmooth.Cli.Tests.Python;

/// <summary><c>python/nonsmooth.py</c> is read by Python, and does on an archive what it says, with a stand-in for PyTorch.</summary>
[Trait("Speed", "Slow")]
public sealed class PythonBridgeTests
{
    private static readonly string _file = Path.Combine(SampleTests.Root, "python", "nonsmooth.py");

    [Fact]
    public void PythonReadsIt() => Run(new(), "-c", "import sys; compile(open(sys.argv[1], encoding='utf-8').read(), sys.argv[1], 'exec')", _file);

    [Fact]
    public void EverythingInItIsCalled()
    {
        string archive = Path.Combine(SharedFolder.With("models"), "models", "pt2", "lenet.pt2");
        string here = Path.Combine(SampleTests.Root, "tests", "Nonsmooth.Cli.Tests", "Python");
        var environment = new Dictionary<string, string>
        {
            ["PYTHONPATH"] = Path.GetDirectoryName(_file)! + Path.PathSeparator + here, ["NONSMOOTH"] = Path.Combine(AppContext.BaseDirectory, "Nonsmooth.Cli"),
        };
        Assert.Equal("the bridge holds", Run(environment, Path.Combine(here, "bridge.py"), archive, Path.ChangeExtension(archive, ".npz")).Trim());
    }

    [Fact]
    public void TheDocumentationsCodeIsItsOwn()
    {
        string text = File.ReadAllText(Path.Combine(SampleTests.Root, "docs", "python.md"));
        string code = File.ReadAllText(_file);
        string[] called = [.. System.Text.RegularExpressions.Regex.Matches(text, @"(?:model|nonsmooth)\.([a-z_]+)\(").Select(m => m.Groups[1].Value).Distinct()];
        Assert.Contains("verify", called);
        Assert.All(called, name => Assert.Contains($"def {name}(", code, StringComparison.Ordinal));
    }

    private static string Run(Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("python3") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        Process? started = null;
        try
        {
            started = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no python3 on the path: python/nonsmooth.py was not tried.");
        }

        using var process = started!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output + error.GetAwaiter().GetResult());
        return output;
    }
}
