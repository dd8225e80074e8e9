using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Nonsmooth.Tests.Shared;

/// <summary>A program of one file, as those of <c>samples/</c>, compiled against what this test was built with and run as a process of its own: what <c>dotnet run</c> does, without a build of the whole library for each.</summary>
internal static class SampleProgram
{
    private const string Usings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions _parsing = CSharpParseOptions.Default
        .WithLanguageVersion(LanguageVersion.Preview).WithFeatures([new("FileBasedProgram", "true")]);

    private static readonly Lazy<MetadataReference[]> _references = new(() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(IsOfALibrary).Select(p => MetadataReference.CreateFromFile(p))]);

    /// <summary>The command line that runs a sample: its assembly lies beside those of this test, so it finds what it refers to.</summary>
    public static string[] Command(string file) => [Compile("sample-" + Path.GetFileNameWithoutExtension(file), File.ReadAllText(file))];

    /// <summary>The assembly that a text is compiled to, beside those of this test.</summary>
    public static string Compile(string name, string text)
    {
        string assembly = Path.Combine(AppContext.BaseDirectory, name + ".dll");
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(text, _parsing), CSharpSyntaxTree.ParseText(Usings, _parsing)],
            _references.Value,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true));
        var result = compilation.Emit(assembly);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => $"{d}: {d.Location.SourceTree?.GetText().Lines[d.Location.GetLineSpan().StartLinePosition.Line]}")));
        string own = Path.Combine(AppContext.BaseDirectory, typeof(SampleProgram).Assembly.GetName().Name!);
        foreach (string settings in (string[])[".runtimeconfig.json", ".deps.json"])
        {
            File.Copy(own + settings, Path.ChangeExtension(assembly, settings), overwrite: true);
        }

        return assembly;
    }

    /// <summary>What a process wrote, once it has ended well.</summary>
    public static async Task<string> Run(string folder, IEnumerable<string> command)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", command) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var stop = TestContext.Current.CancellationToken;
        var error = process.StandardError.ReadToEndAsync(stop);
        string output = await process.StandardOutput.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        Assert.True(process.ExitCode == 0, output + await error);
        return output;
    }

    // The tests' own assembly has an entry point and internals that no sample may see.
    private static bool IsOfALibrary(string path) => Path.GetFileNameWithoutExtension(path) is var name && name != typeof(SampleProgram).Assembly.GetName().Name && !name.StartsWith("xunit", StringComparison.Ordinal);
}
