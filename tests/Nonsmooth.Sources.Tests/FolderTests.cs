namespace Nonsmooth.Sources.Tests;

/// <summary>Folders, namespaces and assemblies: dependencies go down only.</summary>
public sealed class FolderTests
{
    // From the ground up, as in ARCHITECTURE.md: an assembly may use those before it.
    private static readonly string[] _floors =
    [
        "Nonsmooth", "Nonsmooth.Testing", "Nonsmooth.Onnx", "Nonsmooth.Data", "Nonsmooth.Optimizers", "Nonsmooth.Cluster", "Nonsmooth.Solutions", "Nonsmooth.Engines", "Nonsmooth.Pretrained",
        "Nonsmooth.TorchSharp", "Nonsmooth.LibTorch", "Nonsmooth.Reliability", "Nonsmooth.Training", "Nonsmooth.Cli",
    ];

    private static readonly Lazy<List<SourceFile>> _files = new(() => [.. Repository.Files(".cs", "src").Select(SourceFile.Read).OfType<SourceFile>()]);

    public static TheoryData<string> Assemblies => [.. _floors];

    [Fact]
    public void EveryAssemblyHasItsFloor() => Assert.Equal(
        Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src")).Where(d => Directory.EnumerateFiles(d, "*.csproj").Any()).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal),
        _floors.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void AnAssemblyRefersToLowerOnesOnly(string assembly)
    {
        string project = File.ReadAllText(Path.Combine(Repository.Root, "src", assembly, assembly + ".csproj"));
        Assert.All(
            project.Split("<ProjectReference Include=\"../").Skip(1).Select(part => part.Split('/')[0]),
            used => Assert.True(Array.IndexOf(_floors, used) is >= 0 and var floor && floor < Array.IndexOf(_floors, assembly), $"{assembly} refers to {used}, which is not below it"));
    }

    /// <summary>A folder has a namespace of its own name, or groups files of the namespace above it.</summary>
    [Theory]
    [MemberData(nameof(Assemblies))]
    public void AFolderIsANamespaceOrAGroupWithinOne(string assembly)
    {
        var wrong = new List<string>();
        foreach (var folder in Of(assembly).GroupBy(f => Path.GetDirectoryName(f.Path)!))
        {
            string own = folder.Key["src/".Length..].Replace('/', '.');
            string[] names = [.. folder.Select(f => f.Namespace).Distinct()];
            if (names.Length != 1 || (names[0] != own && !own.StartsWith(names[0] + ".", StringComparison.Ordinal)))
            {
                wrong.Add($"{folder.Key}: {string.Join(", ", names)}");
            }
        }

        Assert.Empty(wrong);
    }

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Assemblies))]
    public void NoTwoNamespacesUseEachOther(string assembly)
    {
        var graph = new NamespaceGraph(Of(assembly), Exceptions.Uses);
        Assert.Empty(graph.Cycles().Select(cycle => $"{string.Join(" and ", cycle.Order(StringComparer.Ordinal))} use each other:\n{graph.Why(cycle)}"));
    }

    [Fact]
    public void EveryExceptionIsNeeded()
    {
        var all = new NamespaceGraph(_files.Value, []);
        Assert.All(Exceptions.Uses, use => Assert.True(all.Uses(use.File, use.Namespace), $"{use.File} no longer uses {use.Namespace}: take the exception out"));
    }

    [Fact]
    public void ACycleIsFound()
    {
        SourceFile File(string name, string space, string type, params string[] words) => new(name, space, new HashSet<string>(), new HashSet<string> { type }, words.ToHashSet());
        var graph = new NamespaceGraph([File("a", "A", "Upper", "Lower"), File("b", "A.B", "Lower", "Upper")], []);
        Assert.Empty(graph.Cycles());
        var uses = new NamespaceGraph([File("a", "A", "Upper", "Lower") with { Usings = new HashSet<string> { "A.B" } }, File("b", "A.B", "Lower", "Upper")], []);
        Assert.Equal(["A", "A.B"], Assert.Single(uses.Cycles()).Order());
        var named = new NamespaceGraph([File("a", "A", "Upper") with { Dotted = new HashSet<string> { "B.Lower.Of" } }, File("b", "A.B", "Lower", "Upper")], []);
        Assert.Equal(["A", "A.B"], Assert.Single(named.Cycles()).Order());
        Assert.Empty(new NamespaceGraph([File("a", "A", "Upper", "Lower") with { Usings = new HashSet<string> { "A.B" } }, File("b", "A.B", "Lower", "Upper")], [("a", "A.B", "why")]).Cycles());
    }

    private static IEnumerable<SourceFile> Of(string assembly) => _files.Value.Where(f => f.Path.StartsWith($"src/{assembly}/", StringComparison.Ordinal));
}
