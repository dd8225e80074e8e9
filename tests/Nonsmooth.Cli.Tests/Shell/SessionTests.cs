using System.Diagnostics;
using System.Globalization;
using Nonsmooth.Cli.Shell;
using Nonsmooth.Cli.Verbs;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cli.Tests.Shell;

/// <summary>What every verb has: short options, quiet, verbose, help and version by name, and an end by Ctrl-C.</summary>
public sealed class SessionTests
{
    [Fact]
    public void NoTwoOptionsOfAVerbShareAName() => Assert.All(Tool.Root(new ToolContext { Out = TextWriter.Null, Error = TextWriter.Null }).Subcommands, verb =>
    {
        string[] names = [.. verb.Options.SelectMany(o => o.Aliases.Append(o.Name)).Distinct()];
        Assert.Equal(verb.Options.Sum(o => o.Aliases.Append(o.Name).Distinct().Count()), names.Length);
        Assert.All((string[])["-j", "-q", "-v"], brief => Assert.Contains(brief, names));
    });

    [Fact]
    public void ShortOptionsAreTheLongOnes()
    {
        string[] line = ["train", "mlp:784-4-10", "--train-count", "24", "--test-count", "8", "--threads", "1", "-e", "1", "-b", "8", "-s", "optimizer=sgd", "-r", "0.01", "-p", "f32", "-d", "strokes", "-j"];
        var run = ToolRun.Of(line);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal((1, 3, "sgd"), (run.Json.GetProperty("epochs").GetInt32(), run.Json.GetProperty("steps").GetInt32(), run.Json.GetProperty("optimizer").GetString()));
    }

    [Fact]
    public void TheTableOfVerbsHasTheirOwnNames() => Assert.Equal(Verb.Names, Verb.All.Select(v => v.Name));

    [Fact]
    public void QuietSaysTheResultAndVerboseMore()
    {
        using var folder = new TemporaryFolder();
        var usual = ToolRun.In(folder.Path, "cost", "mlp:2-3-2", "--report", "p.html");
        var quiet = ToolRun.In(folder.Path, "cost", "mlp:2-3-2", "--report", "p.html", "-q");
        var verbose = ToolRun.In(folder.Path, "cost", "mlp:2-3-2", "--report", "p.html", "-v");
        Assert.Equal(("nonsmooth: wrote p.html\n", ""), (usual.Error, quiet.Error));
        Assert.Equal((usual.Out, usual.Out), (quiet.Out, verbose.Out));
        Assert.Contains($"nonsmooth: version {ToolVersion.Text}", verbose.Error, StringComparison.Ordinal);
        Assert.Contains("nonsmooth: took ", verbose.Error, StringComparison.Ordinal);
        Assert.Contains("epoch 1, step 3", ToolRun.Of("train", "mlp:784-4-10", "--train-count", "24", "--test-count", "8", "-b", "8", "-e", "1", "-v").Error, StringComparison.Ordinal);
        Assert.Contains("caused by", ToolRun.Of("train", "no.json", "-v").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void TheSchemaOfRecipesIsPrinted() => Assert.Equal(Nonsmooth.Training.Recipes.RecipeSchema.Json(), ToolRun.Of("recipes", "--schema").Out);

    [Fact]
    public void HelpAndVersionAreVerbsToo()
    {
        Assert.Equal(ToolRun.Of("--help").Out, ToolRun.Of("help").Out);
        Assert.Equal(ToolRun.Of("train", "--help").Out, ToolRun.Of("help", "train").Out);
        Assert.Equal(ToolRun.Of("--version").Out, ToolRun.Of("version").Out);
        Assert.Equal(ToolVersion.Text, ToolRun.Of("version", "--json").Json.GetProperty("version").GetString());
        var verbs = ToolRun.Of("help", "--json").Json.GetProperty("verbs");
        Assert.Equal(Verb.Names, verbs.EnumerateArray().Select(v => v.GetProperty("name").GetString()));
    }

    /// <summary>Work that looks at no token ends by the signal, as shells and .NET report it alike.</summary>
    [Theory]
    [InlineData("train mlp:784-512-10 --train-count 4000 --epochs 60 --verbose", "epoch 1")]
    [InlineData("kinks --verbose", "version")]
    public async Task CtrlCIsExitCode130(string line, string when)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs kill");

        // A shell that starts something in the background has it ignore the signal, and so what that starts.
        using var process = Process.Start(new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", typeof(Tool).Assembly.Location, .. line.Split(' ')]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        while (await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) is { } told && !told.Contains(when, StringComparison.Ordinal))
        {
        }

        using (var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)])!)
        {
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        string rest = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Interrupted, process.ExitCode);
        Assert.DoesNotContain("   at ", await output + rest, StringComparison.Ordinal);
    }

    [Fact]
    public void AReaderThatHasEnoughEndsItInSilence()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs sh");
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", $"dotnet '{typeof(Tool).Assembly.Location}' optimizers | head -1"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal("", error);
    }
}
