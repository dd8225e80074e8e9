using System.Diagnostics;
using Nonsmooth.Engines.Checks;
using Nonsmooth.Engines.Judging;
using Nonsmooth.Engines.Protocol;
using Nonsmooth.Engines.Spellings;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Engines.Tests.Protocol;

/// <summary>Adapters in C++ and JavaScript with the engines they are for, where these are installed.</summary>
[Trait("Speed", "Slow")]
public class LiveAdapterTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(120);

    [Fact]
    public void AdolcsReverseModeContradictsItsForwardModeAtAbs()
    {
        using var folder = new TemporaryFolder();
        string binary = Path.Combine(folder.Path, "adolc");
        var (code, said) = Run("sh", [Path.Combine(Engines, "cpp", "build.sh"), "adolc", binary], ("CXXFLAGS", "-O0"));
        Assert.SkipWhen(code != 0 && (said.Contains("ADOL-C is missing", StringComparison.Ordinal) || said.Contains("g++: not found", StringComparison.Ordinal)), "g++ or ADOL-C is not installed: apt install g++ libadolc-dev");
        Assert.True(code == 0, said);

        var report = Checked(binary, ["relu.where_gt", "relu.mask_ge", "abs"], ["f64"]);
        Assert.Equal(["abs"], report.Deviations.Select(d => d.Spelling).Distinct());
        Assert.All(report.Cells.Where(c => c.Spelling == "abs" && c.Inputs[0] == 0), c => Assert.True(c.IsSplit && c.Reverse[0] == 0 && c.Forward[0] == 1));
        Assert.All(report.Cells.Where(c => c.Spelling == "relu.mask_ge" && c.Inputs[0] == 0), c => Assert.Equal([1.0, 1.0], [.. c.Reverse, .. c.Forward]));
    }

    [Fact]
    public void TensorFlowJsGivesEveryTieTheWholeGradient()
    {
        var (code, said) = Run("node", ["-e", $"require(require.resolve('@tensorflow/tfjs', {{ paths: ['{Engines}'] }}))"]);
        Assert.SkipWhen(code == 127 || said.Contains("MODULE_NOT_FOUND", StringComparison.Ordinal), "node or TensorFlow.js is not installed: npm install @tensorflow/tfjs beside engines, or set NODE_PATH");
        Assert.True(code == 0, said);

        var report = Checked($"node '{Path.Combine(Engines, "tensorflowjs.js")}'", ["relu", "max", "softplus.stable"], ["f32"]);
        Assert.Equal(["max"], report.Deviations.Select(d => d.Spelling).Distinct());
        Assert.Equal([1, 1, 1, 1, 1], report.Cells.Single(c => c.Spelling == "max" && c.Point == "all equal").Reverse);
        Assert.All(report.Cells.Where(c => c.Spelling == "relu" && c.Inputs[0] == 0), c => Assert.Equal([0.0], c.Reverse));
    }

    private static string Engines => RepositoryFile.Of("engines");

    private static CheckReport Checked(string command, string[] spellings, string[] formats)
    {
        using var engine = new EngineProcess(command, Engines, _patience);
        Assert.Empty(SelfTest.Of(engine));
        var list = Questions.Of(spellings.Select(SpellingCatalogue.Find), formats);
        var recording = LiveRecording.Of("live", engine, list, formats);
        Assert.Empty(recording.Faults);
        Assert.Empty(recording.Cannot);
        return CheckReport.Of(recording, list);
    }

    private static (int Code, string Said) Run(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$0\" \"$@\"", program, .. arguments]) { RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        string said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said);
    }
}
