using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Nonsmooth.Sources.Tests;

namespace Nonsmooth.Packages.Tests;

/// <summary>What packages say of themselves.</summary>
public sealed partial class PackageTests
{
    // Files that a test or packages/check.sh compiles and runs.
    private static readonly Lazy<string> _run = new(() => string.Join('\n', new[] { "samples", "packages/consumers", "tests/Nonsmooth.TorchSharp.Tests" }
        .SelectMany(folder => Repository.Files(".cs", folder)).Select(file => Flat(File.ReadAllText(file)))));

    public static TheoryData<string> Names => [.. Package.All.Select(package => package.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void APackageSaysWhatItIs(string name)
    {
        var package = Package.All.Single(p => p.Name == name);
        Assert.InRange(package.Property("Description")?.Length ?? 0, 40, 400);
        Assert.False(string.IsNullOrWhiteSpace(package.Property("PackageTags")));
        Assert.StartsWith("# ", package.Readme, StringComparison.Ordinal);
        Assert.InRange(package.Readme.Length, 200, 4000);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EverySnippetOfItsPageRuns(string name) => Assert.All(
        Snippet().Matches(Package.All.Single(p => p.Name == name).Readme).Select(m => Flat(m.Groups[1].Value)),
        snippet => Assert.True(_run.Value.Contains(snippet, StringComparison.Ordinal), $"no sample, consumer or test holds: {snippet}"));

    /// <summary>The dependency by runtime identifier is on the version that the others have.</summary>
    [Fact]
    public void EveryPlatformHasOneLibtorch()
    {
        string version = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .Single(p => p.Attribute("Include")!.Value == "libtorch-cpu-linux-x64").Attribute("Version")!.Value;
        using var runtimes = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "src", "Nonsmooth.LibTorch", "runtime.json")));
        var platforms = runtimes.RootElement.GetProperty("runtimes").EnumerateObject().ToArray();
        Assert.Equal(["osx-arm64", "win-x64"], platforms.Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.All(platforms, p => Assert.Equal(version, p.Value.GetProperty("Nonsmooth.LibTorch").GetProperty($"libtorch-cpu-{p.Name}").GetString()));
    }

    private static string Flat(string code) => Spaces().Replace(code, " ").Trim();

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Snippet();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
