using System.Diagnostics;
using Nonsmooth.Cli.Completion;
using Nonsmooth.Cli.Shell;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cli.Tests.Shell;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("nonsmooth ", "train", "networks", "help", "completion")]
    [InlineData("nonsmooth opt", "optimizers")]
    [InlineData("nonsmooth train ", "lenet5", "strokes-lenet")]
    [InlineData("nonsmooth cost vgg11-", "vgg11-bn", "vgg11-cifar")]
    [InlineData("nonsmooth train lenet5 --opti", "--optimizer")]
    [InlineData("nonsmooth train lenet5 --optimizer adamw", "adamw")]
    [InlineData("nonsmooth train lenet5 --data ", "mnist", "strokes", "images:")]
    [InlineData("nonsmooth train lenet5 --set alph", "alpha=")]
    [InlineData("nonsmooth train lenet5 --schedule ", "cosine", "wsd")]
    [InlineData("nonsmooth audit lenet5 --choice relu", "relu-at-zero")]
    [InlineData("nonsmooth kinks --profile ", "jax", "tensorflow")]
    [InlineData("nonsmooth reproduce relu", "relu-bug", "relu-volumes")]
    [InlineData("nonsmooth completion ", "bash", "zsh", "fish", "pwsh")]
    [InlineData("nonsmooth help tr", "train")]
    [InlineData("nonsmooth kinks --diff jax ten", "tensorflow")]
    [InlineData("nonsmooth train lenet5 -e 3 -p ", "f32", "bf16")]
    public void VerbsOptionsAndValuesAreSuggested(string line, params string[] names)
    {
        var run = ToolRun.Of($"[suggest:{line.Length}]", line);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        string[] suggested = run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(names, name => Assert.Contains(name, suggested));
        Assert.All(suggested, name => Assert.StartsWith(line.Split(' ')[^1], name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The table of words is what System.CommandLine knows of the verbs; <c>NONSMOOTH_ACCEPT=1</c> writes it anew, for the next build.</summary>
    [Fact]
    public void TheTableOfWordsIsTheVerbs()
    {
        var text = new System.Text.StringBuilder();
        foreach (var verb in Tool.Root(new ToolContext { Out = TextWriter.Null, Error = TextWriter.Null }).Subcommands)
        {
            foreach (var argument in verb.Arguments)
            {
                text.Append(CompletionWords.Line(verb.Name, [], 1, Values(argument))).Append('\n');
            }

            foreach (var option in verb.Options)
            {
                int takes = option.ValueType == typeof(bool) ? 0 : option.AllowMultipleArgumentsPerToken ? Math.Min(option.Arity.MaximumNumberOfValues, 2) : 1;
                text.Append(CompletionWords.Line(verb.Name, option.Aliases.Prepend(option.Name).Distinct(), takes, takes == 0 ? [] : Values(option))).Append('\n');
            }
        }

        string path = Path.Combine(SampleTests.Root, "src", "Nonsmooth.Cli", "Completion", "words.txt");
        if (Environment.GetEnvironmentVariable("NONSMOOTH_ACCEPT") == "1")
        {
            File.WriteAllText(path, text.ToString());
        }

        Assert.Equal(text.ToString(), File.ReadAllText(path));

        static IEnumerable<string> Values(System.CommandLine.Symbol symbol) =>
            symbol.GetCompletions(System.CommandLine.Completions.CompletionContext.Empty).Select(c => c.InsertText ?? c.Label).Where(v => !v.Contains(' ', StringComparison.Ordinal)).Order(StringComparer.Ordinal).Distinct();
    }

    [Theory]
    [InlineData("nonsmooth trian ")]
    [InlineData("nonsmooth cost /tmp")]
    public void WhereNothingIsKnownTheShellCompletesFiles(string line) => Assert.Equal("", ToolRun.Of("[suggest]", line).Out);

    [Fact]
    public void ThePositionCutsTheLine() => Assert.Equal("train\n", ToolRun.Of("[suggest:13]", "nonsmooth trahere").Out);

    [Fact]
    public void EveryShellHasAScript() => Assert.All(CompletionScript.Shells, shell =>
    {
        string script = ToolRun.Of("completion", shell).Out;
        Assert.Contains("[suggest:", script, StringComparison.Ordinal);
        Assert.Equal(script, ToolRun.Of("completion", shell, "--json").Json.GetProperty("script").GetString());
    });

    /// <summary>Bash completes as it does at a key: its function is called with the words and the cursor.</summary>
    [Theory]
    [InlineData("nonsmooth trai", "train")]
    [InlineData("nonsmooth train lenet5 --optimizer innap", "innaprop")]
    [InlineData("nonsmooth cost vgg11-bn-", "vgg11-bn-cifar")]
    [InlineData("nonsmooth train lenet5 --set alpha-", "alpha-schedule=")]
    public void BashCompletes(string line, string completed)
    {
        Needs("bash");
        using var folder = Installed("bash");
        string words = string.Join(' ', line.Split(' ').Select(w => $"'{w}'"));
        string script = $$"""
            source completion.bash
            COMP_LINE='{{line}}'; COMP_POINT=${#COMP_LINE}; COMP_WORDS=({{words}}); COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
            $(complete -p nonsmooth | sed 's/.*-F \([^ ]*\).*/\1/')
            printf '%s\n' "${COMPREPLY[@]}"
            """;
        Assert.Contains(completed, Run(folder, "bash", "--norc", "-c", script).Split('\n'));
    }

    /// <summary>Zsh in a terminal of its own, with the line typed and a tab.</summary>
    [Theory]
    [InlineData("nonsmooth trai", "nonsmooth train")]
    [InlineData("nonsmooth train lenet5 --optimizer innap", "--optimizer innaprop")]
    public void ZshCompletes(string line, string completed)
    {
        Needs("zsh");
        using var folder = Installed("zsh");
        string script = $$"""
            zmodload zsh/zpty
            zpty -b shell zsh -f -i
            typeset chunk all
            zpty -w shell 'PS1=READY; unsetopt beep; autoload -Uz compinit; compinit -u -d ./dump; source completion.zsh; bindkey "^I" complete-word; print LOAD''ED'
            for i in {1..200}; do zpty -r -t shell chunk && all+=$chunk; [[ $all == *LOADED* ]] && break; sleep 0.05; done
            all=
            zpty -w -n shell $'{{line}}\t'
            for i in {1..200}; do zpty -r -t shell chunk && all+=$chunk; [[ $all == *'{{completed}}'* ]] && break; sleep 0.05; done
            zpty -d shell
            print -r -- $all
            """;
        Assert.Contains(completed, Run(folder, "zsh", "-f", "-c", script), StringComparison.Ordinal);
    }

    [Fact]
    public void FishCompletes()
    {
        Needs("fish");
        using var folder = Installed("fish");
        Assert.Contains("innaprop", Run(folder, "fish", "--no-config", "-c", "source completion.fish; complete -C 'nonsmooth train lenet5 --optimizer innap'"), StringComparison.Ordinal);
    }

    /// <summary>The wall time of a process, the best of several: a machine that others use is slower.</summary>
    [Fact]
    public void SuggestionsTakeLessThanAPersonNotices()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("NONSMOOTH_TIMED") == "1", "NONSMOOTH_TIMED=1 measures times");
        using var folder = Installed("bash");
        double best = double.MaxValue;
        for (int i = 0; i < 8; i++)
        {
            long begun = Stopwatch.GetTimestamp();
            Assert.Contains("--optimizer", Run(folder, Path.Combine(folder.Path, "bin", "nonsmooth"), "[suggest]", "nonsmooth train lenet5 --opt"), StringComparison.Ordinal);
            best = Math.Min(best, Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        Assert.InRange(best, 0, 150);
    }

    private static TemporaryFolder Installed(string shell)
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("bin"));
        File.CreateSymbolicLink(folder.File(Path.Combine("bin", "nonsmooth")), Path.ChangeExtension(typeof(Tool).Assembly.Location, null));
        File.WriteAllText(folder.File($"completion.{shell}"), ToolRun.Of("completion", shell).Out);
        return folder;
    }

    private static void Needs(string shell) => Assert.SkipUnless(
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(p => File.Exists(Path.Combine(p, shell))), $"There is no {shell} here: its completion was NOT tested; install it (apt-get install {shell}).");

    private static string Run(TemporaryFolder folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{folder.File("bin")}:{start.Environment["PATH"]}";
        start.Environment["HOME"] = folder.Path;
        start.Environment["TERM"] = "xterm";
        start.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : Dotnet());
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output + error.GetAwaiter().GetResult();
    }

    // The runtime that this test runs on: .../shared/Microsoft.NETCore.App/VERSION.
    private static string Dotnet() => Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", "dotnet");
}
