using System.Text.RegularExpressions;

namespace Nonsmooth.Sources.Tests;

/// <summary>Nobody asks which function a node applies: what is known of a function, it says itself.</summary>
public sealed partial class FunctionNameTests
{
    // Tables, whose rows are of single functions by their nature; anything else is to ask the contract.
    private static readonly (string Path, string Reason)[] _tables =
    [
        ("src/Nonsmooth/Compiled/TapedMasks.cs", "the table of functions of masks that are known only when a program runs"),
        ("src/Nonsmooth/Compiled/KernelWork.cs", "the table of what kernels of compiled programs take"),
        ("src/Nonsmooth/Compiled/TensorRows.cs", "the table of kernels of compiled programs"),
        ("src/Nonsmooth.LibTorch/Execution/Kernels/", "the table of kernels"),
        ("src/Nonsmooth.LibTorch/Execution/WideRows.cs", "the table of kernels that compute in 32 bits where values have 16"),
        ("src/Nonsmooth.LibTorch/Execution/FoldedNorms.cs", "what a convolution of fixed weights carries: a row a function"),
        ("src/Nonsmooth.LibTorch/Measurement/", "the table of what kernels cost beside their formula"),
        ("src/Nonsmooth.Reliability/Traps/Rules/", "shapes of traps: each row is a pattern of functions"),
        ("src/Nonsmooth.Reliability/Traps/", "the shapes and ranges that the patterns of traps are made of"),
        ("src/Nonsmooth.Reliability/Families/", "rewrites: programs of published experiments, made out of others"),
        ("src/Nonsmooth.Reliability/Ties/SiteCotangent.cs", "a fill is the constant of a derivative, which has no other sign"),
        ("src/Nonsmooth.Onnx/Export/", "the table of ONNX's operators"),
        ("src/Nonsmooth.Solutions/Proofs/RootProof.cs", "a kind of functions, not one: those whose results are masks and indices"),
    ];

    [Trait("Speed", "Slow")]
    [Fact]
    public void OnlyTablesNameFunctions()
    {
        string[] files = [.. Repository.Files(".cs", "src")];
        var own = files.Where(f => Repository.Relative(f).StartsWith("src/Nonsmooth/Dictionary/", StringComparison.Ordinal))
            .SelectMany(f => Declaration().Matches(File.ReadAllText(f)).Select(m => (Name: m.Groups[1].Value, File: f)))
            .Where(d => d.Name is not ("ExampleArgument" or "DictionaryRow" or "Pair" or "ConvolutionAttributes"))
            .GroupBy(d => d.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Select(d => d.File).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.True(own.Count > 100, $"{own.Count} functions were found");
        var named = new List<string>();
        foreach (string file in files)
        {
            string path = Repository.Relative(file);
            if (Array.Exists(_tables, t => path.StartsWith(t.Path, StringComparison.Ordinal)))
            {
                continue;
            }

            string code = Comment().Replace(File.ReadAllText(file), "");
            named.AddRange(Test().Matches(code).Select(m => m.Groups[1].Value)
                .Where(name => own.TryGetValue(name, out var files) && !files.Contains(file)).Select(name => $"{path}: {name}"));
        }

        Assert.Empty(named);
    }

    [Fact]
    public void EveryTableStillNamesOne() => Assert.All(_tables, t => Assert.Contains(
        Repository.Files(".cs", "src"), f => Repository.Relative(f).StartsWith(t.Path, StringComparison.Ordinal)));

    // A type test or a pattern: "is Relu", "or Binary<Maximum>", "case Relu r:", "{ Function: Relu".
    [GeneratedRegex(@"(?:\b(?:is|case|or)\s+(?:not\s+)?\(?|Function:\s+)(?:Unary<|Binary<)?([A-Z]\w*)\b(?![\w.(<])")]
    private static partial Regex Test();

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^public (?:sealed |readonly |abstract )*record (?:struct )?(\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
