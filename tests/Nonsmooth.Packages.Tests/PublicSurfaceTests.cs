using System.Reflection;
using Nonsmooth.Sources.Tests;
using PublicApiGenerator;

namespace Nonsmooth.Packages.Tests;

/// <summary>What each assembly offers, in <c>Golden/</c>: a change is seen in review. <c>NONSMOOTH_ACCEPT=1</c> writes the files anew.</summary>
public sealed class PublicSurfaceTests
{
    private static readonly string _golden = Path.Combine(Repository.Root, "tests", "Nonsmooth.Packages.Tests", "Golden");

    public static TheoryData<string> Libraries => [.. Package.All.Where(package => !package.IsTool).Select(package => package.Name)];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void NothingChangesUnseen(string library)
    {
        string surface = Assembly.Load(library).GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false }).ReplaceLineEndings("\n") + "\n";
        string file = Path.Combine(_golden, library + ".txt");
        if (Environment.GetEnvironmentVariable("NONSMOOTH_ACCEPT") == "1")
        {
            File.WriteAllText(file, surface);
        }

        string[] kept = File.Exists(file) ? File.ReadAllLines(file) : [];
        string[] now = surface.TrimEnd('\n').Split('\n');
        string[] gone = [.. kept.Except(now)];
        string[] come = [.. now.Except(kept)];
        Assert.True(
            kept.SequenceEqual(now),
            $"the public surface of {library} changed; run this test with NONSMOOTH_ACCEPT=1 if it should:\n- {string.Join("\n- ", gone)}\n+ {string.Join("\n+ ", come)}");
    }

    [Fact]
    public void NoFileIsLeftOver() => Assert.Equal(
        Package.All.Where(package => !package.IsTool).Select(package => package.Name).Order(StringComparer.Ordinal),
        Directory.GetFiles(_golden, "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal));
}
