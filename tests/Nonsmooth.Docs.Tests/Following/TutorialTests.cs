using System.Diagnostics;
using Nonsmooth.Docs.Tests.Pages;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Docs.Tests.Following;

/// <summary>Every tutorial can be followed from an empty folder, and shows what then comes. <c>docs/tutorials/follow.sh</c> runs this with the packed tool.</summary>
[Trait("Speed", "Slow")]
public sealed class TutorialTests(ITestOutputHelper output)
{
    private static readonly string? _packed = Environment.GetEnvironmentVariable("NONSMOOTH_TOOL");

    public static TheoryData<string> Tutorials => [.. Names()];

    [Theory]
    [MemberData(nameof(Tutorials))]
    public async Task ATutorialCanBeFollowed(string name)
    {
        if (Environment.GetEnvironmentVariable("NONSMOOTH_TUTORIAL") is { Length: > 0 } only && name != only)
        {
            Assert.Skip($"only {only} is asked for");
        }

        var page = Page.Read($"docs/tutorials/{name}.md");
        foreach (string program in page.Blocks.Select(b => b.Note("needs")).OfType<string>())
        {
            Assert.SkipWhen(Follower.Find(program) is null, $"{program} is not installed: {page.Name} was not followed");
        }

        using var world = new TemporaryFolder();
        var watch = Stopwatch.StartNew();
        await new Follower(world, _packed).Follow(page);
        output.WriteLine($"{name}: {watch.Elapsed.TotalSeconds:F0} s");
    }

    [Fact]
    public void ThereAreSix() => Assert.Equal(6, Names().Count());

    /// <summary>A page that says what does not come is found out.</summary>
    [Fact]
    public async Task AnOutputThatDoesNotComeIsFound()
    {
        using var world = new TemporaryFolder();
        var page = Page.Parse("x.md", "<!-- file a.txt -->\n```text\nhello\n```\n```sh\ncat a.txt\n```\n```text\ngoodbye\n```\n");
        Assert.Contains("'goodbye' is not in\nhello", (await Assert.ThrowsAsync<Xunit.Sdk.TrueException>(() => new Follower(world, null).Follow(page))).Message, StringComparison.Ordinal);
        using var other = new TemporaryFolder();
        await new Follower(other, null).Follow(Page.Parse("x.md", "<!-- ends with 3 -->\n```sh\nexit 3\n```\n"));
    }

    private static IEnumerable<string> Names() => Page.All
        .Where(p => p.Name.StartsWith("docs/tutorials/", StringComparison.Ordinal) && !p.Name.EndsWith("README.md", StringComparison.Ordinal))
        .Select(p => Path.GetFileNameWithoutExtension(p.Name));
}
