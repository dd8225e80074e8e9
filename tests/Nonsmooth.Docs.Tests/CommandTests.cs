using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using Nonsmooth.Cli;
using Nonsmooth.Cli.Shell;
using Nonsmooth.Docs.Tests.Pages;
using Nonsmooth.Training.Networks;
using Nonsmooth.Training.Recipes;

namespace Nonsmooth.Docs.Tests;

/// <summary>Every command that a page shows is one of the tool's.</summary>
public sealed partial class CommandTests
{
    private static readonly string[] _takesANetwork = ["train", "cost", "audit", "export", "run", "verify", "diverge"];

    private static readonly Command _root = Tool.Root(new ToolContext { Out = TextWriter.Null, Error = TextWriter.Null });

    public static TheoryData<string> Pages => [.. Page.All.Where(p => Commands(p).Concat(Mentions(p)).Any()).Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void EveryCommandIsUnderstood(string name)
    {
        var page = Page.Read(name);
        Assert.All(Commands(page), command => Assert.Empty(Faults(command)));
        Assert.All(Mentions(page), command => Assert.Empty(FaultsOfMention(command)));
    }

    [Fact]
    public void CommandsAreFoundAndUnderstood()
    {
        var page = Page.Parse("x.md", "```sh\nmpirun -np 2 nonsmooth cluster   # why\nX=1 nonsmooth cost \\\n  lenet5 --batch 3 | head\n```\nand `nonsmooth kinks`\n\n    nonsmooth version\n");
        Assert.Equal(["cluster", "cost lenet5 --batch 3", "version"], Commands(page));
        Assert.Equal(["kinks"], Mentions(page));
        Assert.Empty(Faults("train own --assembly own.dll"));
        Assert.All(["cost lenet5 --bach 3", "cost lenet5 --batch three", "cost lenet6", "nothing"], wrong => Assert.NotEmpty(Faults(wrong)));
        Assert.Empty(FaultsOfMention("cost … --batch"));
        Assert.All(["cast", "cost --bach"], wrong => Assert.NotEmpty(FaultsOfMention(wrong)));
    }

    [Fact]
    public void EveryBlockOfJsonIsJson() => Assert.All(
        Page.All.SelectMany(p => p.Blocks).Where(b => b.Language == "json"), b => JsonDocument.Parse(b.Text).Dispose());

    /// <summary>What stands behind the tool's name on every line of a shell.</summary>
    private static IEnumerable<string> Commands(Page page) => page.Blocks.Where(b => b.Language is "sh" or "").Select(b => b.Text)
        .Append(string.Join('\n', Indented().Matches(page.Prose).Select(m => m.Groups[1].Value)))
        .SelectMany(text => Continued().Replace(text, " ").Split('\n'))
        .Select(line => Remark().Replace(line, ""))
        .Where(line => !line.StartsWith("alias ", StringComparison.Ordinal))
        .SelectMany(line => Invoked().Matches(line).Select(m => m.Groups[1].Value.Trim()))
        .Where(c => !c.StartsWith('"'))
        .Select(c => c.Replace(" ...", "", StringComparison.Ordinal));

    /// <summary>Commands in the prose, which may leave out what every reader can add.</summary>
    private static IEnumerable<string> Mentions(Page page) => page.Spans()
        .Where(s => s.StartsWith("nonsmooth ", StringComparison.Ordinal) && !s.Contains('"', StringComparison.Ordinal)).Select(s => s.ReplaceLineEndings(" ")["nonsmooth ".Length..]);

    private static IEnumerable<string> Faults(string command)
    {
        string[] words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        bool isUnknown = _takesANetwork.Contains(words[0]) && words.Length > 1 && IsName().IsMatch(words[1]) && !words.Contains("--assembly") && !Parses(words[1]) && RecipeRegistry.TryFind(words[1]) is null;
        return [.. _root.Parse(command).Errors.Select(e => e.Message), .. isUnknown ? [$"no network or recipe is called {words[1]}"] : (string[])[]];
    }

    private static IEnumerable<string> FaultsOfMention(string command)
    {
        string[] words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var verb = _root.Subcommands.FirstOrDefault(v => v.Name == words[0]);
        return verb is null ? Faults(command) : words.Where(w => w.StartsWith('-') && !verb.Options.Any(o => o.Name == w || o.Aliases.Contains(w)));
    }

    private static bool Parses(string network)
    {
        try
        {
            return Models.Find(network) is not null;
        }
        catch (NonsmoothException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"\s*\\\n\s*")]
    private static partial Regex Continued();

    [GeneratedRegex(@"(^|\s)#.*$")]
    private static partial Regex Remark();

    [GeneratedRegex(@"(?:^|&& |\|\| |[\w.-]+=\S+ |\d |pmix )nonsmooth ([^|&;>]+)")]
    private static partial Regex Invoked();

    [GeneratedRegex(@"^    (nonsmooth .*)$", RegexOptions.Multiline)]
    private static partial Regex Indented();

    // Not a file, not a placeholder in capitals, not a class in an assembly.
    [GeneratedRegex(@"^[a-z][a-z0-9:-]*$")]
    private static partial Regex IsName();
}
