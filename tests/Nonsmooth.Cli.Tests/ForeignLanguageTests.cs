using System.Diagnostics;
using System.Text.RegularExpressions;
using Nonsmooth.Cli.Shell;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cli.Tests;

/// <summary>
/// The tool as a process with the system's own data of cultures, as a program has that uses the libraries and is not invariant: German writes
/// commas in numbers, and in Turkish the capital of i is not I.
/// </summary>
[Trait("Speed", "Slow")]
public sealed partial class ForeignLanguageTests : IDisposable
{
    private static readonly string _tool = typeof(Tool).Assembly.Location;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Lines =>
    [
        "cost lenet5 --batch 32",
        "kinks lenet5 --json",
        "train mlp:2-8-4 --data blobs --train-count 64 --epochs 2 --rate 0.05 --schedule cosine:0.1 --threads 1 --out run",
    ];

    [Theory]
    [MemberData(nameof(Lines))]
    public void TheToolPrintsTheSame(string line)
    {
        string settings = Path.Combine(_folder.Path, "cultures.json");
        string own = File.ReadAllText(Path.ChangeExtension(_tool, ".runtimeconfig.json"));
        string open = own.Replace("\"System.Globalization.Invariant\": true", "\"System.Globalization.Invariant\": false").Replace("\"System.Globalization.PredefinedCulturesOnly\": true", "\"System.Globalization.PredefinedCulturesOnly\": false");
        Assert.NotEqual(own, open);
        File.WriteAllText(settings, open);
        var expected = Run(settings, "C", line);
        Assert.SkipWhen(expected.Text.Contains("ICU", StringComparison.Ordinal), "no libicu on this machine: cultures cannot be tried");
        Assert.Equal(0, expected.ExitCode);
        Assert.Equal(expected, Run(settings, "de_DE.UTF-8", line));
        Assert.Equal(expected, Run(settings, "tr_TR.UTF-8", line));
    }

    public void Dispose() => _folder.Dispose();

    private (int ExitCode, string Text) Run(string settings, string language, string line)
    {
        string place = Directory.CreateDirectory(Path.Combine(_folder.Path, language)).FullName;
        var start = new ProcessStartInfo("dotnet", ["exec", "--runtimeconfig", settings, _tool, .. line.Split(' ')])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = place,
        };
        (start.Environment["LANG"], start.Environment["LC_ALL"]) = (language, language);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        string text = output + errors.Result;
        return (process.ExitCode, Times().Replace(text.Replace(place, "."), " "));
    }

    // How long it took is the machine's, and with it the width of a column and whether waiting for data is worth a line.
    [GeneratedRegex(@"[0-9][0-9.,:]* ?(ms|µs|s|seconds|min)\b|\n[^\n]*of the training time[^\n]*|[ ─]+")]
    private static partial Regex Times();
}
