using System.Globalization;
using System.Text.RegularExpressions;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Cli.Tests;

/// <summary>What the README shows is compiled and run.</summary>
[Trait("Speed", "Slow")]
public sealed class SampleTests
{
    // As this test was built: then what a sample refers to is built already.
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    /// <summary>The repository.</summary>
    internal static string Root { get; } = FindRoot();

    public static TheoryData<string> Samples =>
        [.. Directory.GetFiles(Path.Combine(Root, "samples"), "*.cs").Select(f => Path.GetFileName(f)).Order()];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task EverySampleRuns(string sample)
    {
        // Fewer examples and epochs than their defaults.
        string[] arguments = sample switch { "deq.cs" => ["1000", "1"], "sudoku.cs" => ["1", "60"], _ => [] };
        string output = await SampleProgram.Run(Root, [.. SampleProgram.Command(Path.Combine(Root, "samples", sample)), .. arguments]);
        Assert.NotEmpty(output);
        CheckClaims(sample, output);
    }

    /// <summary>By the command that the README gives.</summary>
    [Fact]
    public async Task TheReadmesSampleRunsAsItSays() =>
        Assert.NotEmpty(await SampleProgram.Run(Root, ["run", "-c", Configuration, Path.Combine("samples", "gradient.cs")]));

    [Fact]
    public void TheReadmesCodeIsThatOfTheSample()
    {
        string readme = File.ReadAllText(Path.Combine(Root, "README.md"));
        int start = readme.IndexOf("```csharp\n", StringComparison.Ordinal) + 10;
        string code = readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];
        Assert.Contains(code, File.ReadAllText(Path.Combine(Root, "samples", "gradient.cs")), StringComparison.Ordinal);
    }

    [Fact]
    public void TheReadmesOwnFunctionIsThatOfTheSample()
    {
        string readme = File.ReadAllText(Path.Combine(Root, "README.md"));
        int start = readme.LastIndexOf("```csharp\n", StringComparison.Ordinal) + 10;
        string code = readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)].Trim();
        string sample = string.Join('\n', File.ReadLines(Path.Combine(Root, "samples", "own.cs")).Select(l => l.StartsWith("    ", StringComparison.Ordinal) ? l[4..] : l));
        Assert.Contains(code, sample, StringComparison.Ordinal);
    }

    // What docs/solutions.md says of them.
    private static void CheckClaims(string sample, string output)
    {
        if (sample == "lasso.cs")
        {
            Assert.All(Numbers(@"loss is (\S+) % above"), percent => Assert.InRange(percent, -100, 0.1));
            double[] solves = Numbers(@", (\d+) solves");
            Assert.All(solves.Chunk(2), pair => Assert.True(pair[0] < pair[1] / 2));
        }
        else if (sample == "logistic-lasso.cs")
        {
            Assert.All(Numbers(@"loss is (\S+) % above"), percent => Assert.InRange(percent, -100, 1e-3));
            double[] curvatures = [.. Numbers(@"curvature (\S+),"), .. Numbers(@"of the gradient (\S+)")];
            Assert.Equal(curvatures[1], curvatures[0], 1e-5 * (1 + Math.Abs(curvatures[0])));
            double[] solves = Numbers(@", (\d+) solves");
            Assert.True(solves[1] < solves[0] && solves[0] < solves[2] / 2);
        }
        else if (sample == "portfolio.cs")
        {
            double[] fresh = Numbers(@"^(?:predict, then|trained through).* (\S+)\r?$");
            Assert.True(fresh[1] > fresh[0]);
        }
        else if (sample == "deq.cs")
        {
            double[] grown = Numbers(@"^ *80 +(\d+) MiB").Concat(Numbers(@"^ *80 .* (\d+) MiB\r?$")).ToArray();
            Assert.True(grown[0] < grown[1] / 2);
        }
        else if (sample == "one-slope.cs")
        {
            Assert.Contains("depends on the release: 10 of 10", output, StringComparison.Ordinal);
            Assert.Contains("because of: attack.clamp\n", output, StringComparison.Ordinal);
            Assert.All(Numbers(@": (\S+) % of the elements of attack.clamp"), percent => Assert.InRange(percent, 20, 80));
        }
        else if (sample == "sparse-attention.cs")
        {
            Assert.Equal(2, Numbers(@"Clarke \(in the hull of (\d+)").Length);
            Assert.DoesNotContain("Wrong", output, StringComparison.Ordinal);
        }

        double[] Numbers(string pattern)
        {
            double[] found = [.. Regex.Matches(output, pattern, RegexOptions.Multiline).Select(m => double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))];
            Assert.NotEmpty(found);
            return found;
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Nonsmooth.slnx")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
