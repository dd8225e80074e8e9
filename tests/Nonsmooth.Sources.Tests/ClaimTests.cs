using System.Text.RegularExpressions;
using Nonsmooth.Bench.Claims;

namespace Nonsmooth.Sources.Tests;

/// <summary>What documents say of speed is what was measured.</summary>
public sealed class ClaimTests
{
    private static readonly string _path = Path.Combine(Repository.Root, "bench", "claims.json");
    private static readonly ClaimFile _file = ClaimText.Read(_path);

    [Fact]
    public void EverySentenceHasTheMeasuredFigures()
    {
        Assert.True(_file.Sayings.Count >= 10);
        var wrong = _file.Sayings
            .Select(s => (s.In, Text: ClaimText.Filled(s, _file)))
            .Where(s => !Flat(File.ReadAllText(Path.Combine(Repository.Root, s.In))).Contains(Flat(s.Text), StringComparison.Ordinal))
            .Select(s => $"{s.In} does not say: {s.Text}");
        Assert.Empty(wrong);
    }

    [Fact]
    public void ThePageIsMadeOfTheFile()
    {
        string page = Path.Combine(Repository.Root, "docs", "benchmarks.md");
        if (Environment.GetEnvironmentVariable("NONSMOOTH_ACCEPT") == "1")
        {
            File.WriteAllText(page, ClaimText.Page(_file));
            File.WriteAllText(_path, ClaimText.Json(_file));
        }

        Assert.Equal(ClaimText.Page(_file), File.ReadAllText(page));
        Assert.Equal(ClaimText.Json(_file), File.ReadAllText(_path));
    }

    [Fact]
    public void EveryFigureCanBeMeasuredAgain()
    {
        string verbs = File.ReadAllText(Path.Combine(Repository.Root, "bench", "Nonsmooth.Bench", "Program.cs"));
        string sources = string.Concat(Repository.Files(".cs", "bench").Select(File.ReadAllText));
        Assert.All(_file.Claims, claim =>
        {
            string verb = claim.Verb.Split(' ')[0];
            Assert.Contains($"[\"{verb}\"", verbs, StringComparison.Ordinal);
            Assert.StartsWith(verb + "/", claim.Id, StringComparison.Ordinal);
            Assert.Matches($@"Taken\.Note\(\$?""{Regex.Escape(verb)}/", sources);
        });
    }

    [Fact]
    public void FiguresAreWhole()
    {
        Assert.Distinct(_file.Claims.Select(c => c.Id));
        Assert.All(_file.Claims, claim =>
        {
            var m = claim.Measured;
            Assert.True(m.Ours > 0 || m.Ratio > 0, claim.Id);
            Assert.True(claim.Peer is null || m.Ratio > 0, $"{claim.Id}: a peer and no ratio");
            Assert.True((m.Low ?? m.Ratio) <= m.Ratio && m.Ratio <= (m.High ?? m.Ratio), $"{claim.Id}: its ratio is outside its range");
            Assert.True(m.Low is not null || m.Ours is null || m.Theirs is null || Math.Abs((m.Ours.Value / m.Theirs.Value / m.Ratio!.Value) - 1) < 0.1, $"{claim.Id}: its ratio is not that of its figures");
            Assert.Matches(@"^\d{4}-\d\d-\d\d$", m.Date);
            Assert.NotEmpty(m.Machine);
            Assert.NotEmpty(m.Conditions);
        });
    }

    // A line's end is a space, and columns may be padded.
    private static string Flat(string text) => Regex.Replace(text, @"\s+", " ");
}
