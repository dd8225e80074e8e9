using System.Text.RegularExpressions;
using Nonsmooth.Arithmetic;
using Nonsmooth.Cli.Shell;
using Nonsmooth.Cost;
using Nonsmooth.Dictionary;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Optimizers;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Profiles;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;
using Nonsmooth.Training.Recipes;

namespace Nonsmooth.Cli.Tests;

/// <summary>Every number in README.md is what the code has; every command there is understood.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string _readme = File.ReadAllText(Path.Combine(SampleTests.Root, "README.md"));
    private static readonly string _prose = Regex.Replace(_readme, "```.*?```", "", RegexOptions.Singleline);

    // Names with digits in them: nothing is claimed by those.
    private static readonly string[] _names =
    [
        "LeNet-5", "GPT-2", "CIFAR-10", "Food101", "DenseNet121", "x64", "1/x", "kill -9", "NONSMOOTH_TIMED=1",
    ];

    /// <summary>What README says, and what stands there by the code. A number that is not among these has no right to be there.</summary>
    private static IReadOnlyList<(string Says, string Is)> Claims =>
    [
        ("right on {0} % of attacked images", Attacked(1)),
        ("the second on {0} %", Attacked(2)),
        ("evaluates any gradient at {0} bits", Joined(Bits().Order(), "or")),
        ("{0}, rounded after every operation", string.Join(", ", FormatNames())),
        ("at {0} bits, and whether training notices", "16, 32 and 64"),
        ("run in {0} bits by libtorch", SampleFormats()),
        (".NET {0}, Linux", $"{Environment.Version.Major}"),
        (".NET {0} SDK", $"{Environment.Version.Major}"),
        ("Presets of libtorch {0} (default)", Presets.All.First(p => p.Selection.Equals(Selection.Default)).Name["libtorch-".Length..]),
        ("PyTorch {0}, JAX", Presets.All.First(p => p.Selection.Equals(Selection.LibTorchNext)).Name["libtorch-".Length..]),
        ("and libtorch {0} through its stable C interface", LibTorchPackage()),
        ("the bound ω_b ({0} for networks of + − × max", $"{Bound(x => Functions.Log(Functions.Exp(Functions.Tanh(Functions.Sigmoid(Functions.Sqrt(Functions.Reciprocal(Functions.Relu(x * x + x)))))))):0}"),
        ("with aᵇ up to {0}, at c = 1", $"{Bound(x => Functions.Pow(x, x)):0}"),
        ("a catalogue of over {0} points", $"{10 * ((KinkRows.All.Count - 1) / 10)}"),
        ("{0} optimizers as fused SIMD kernels", $"{OptimizerRegistry.All.Count}"),
        ("exit codes are {0} done", $"{ExitCode.Done}"),
        ("{0} the work failed", $"{ExitCode.Failed}"),
        ("{0} bad usage", $"{ExitCode.BadUsage}"),
        ("{0} interrupted", $"{ExitCode.Interrupted}"),
    ];

    [Fact]
    public void EveryNumberIsTheCodes()
    {
        string rest = _prose;
        foreach (var (says, @is) in Claims)
        {
            string expected = says.Replace("{0}", @is, StringComparison.Ordinal);
            Assert.True(Flat(rest).Contains(expected, StringComparison.Ordinal), $"README does not say \"{expected}\"");
            rest = Flat(rest).Replace(expected, "", StringComparison.Ordinal);
        }

        rest = _names.Aggregate(Flat(Link().Replace(rest, "")), (text, name) => text.Replace(name, "", StringComparison.Ordinal));
        var left = Number().Matches(rest).Select(m => rest[Math.Max(0, m.Index - 40)..Math.Min(rest.Length, m.Index + 20)]);
        Assert.True(!left.Any(), $"numbers that nothing checks: {string.Join(" | ", left)}");
    }

    [Fact]
    public void TheRecordedAccuracyIsTheRecipes() => Assert.StartsWith(
        Regex.Match(_readme, @"--schedule cosine --out runs/lenet +# ([\d.]+) %").Groups[1].Value,
        RecipeRegistry.All.Single(r => r.Name == "mnist-lenet").Reference,
        StringComparison.Ordinal);

    [Fact]
    public void EveryCommandIsUnderstood()
    {
        using var nowhere = new StringWriter();
        var root = Tool.Root(new ToolContext { Out = nowhere, Error = nowhere });
        var commands = Command().Matches(_readme).Select(m => m.Groups[1].Value.Trim()).SelectMany(line =>
            line.Contains('|', StringComparison.Ordinal) ? line.Split('|', StringSplitOptions.TrimEntries) : [line.Replace(" ...", "", StringComparison.Ordinal)]).ToList();
        Assert.True(commands.Count >= 10);
        Assert.All(commands, command => Assert.Empty(root.Parse(command).Errors));
    }

    private static string Flat(string text) => Regex.Replace(text.Replace("**", "", StringComparison.Ordinal), @"\s+", " ");

    private static string Joined(IEnumerable<int> numbers, string word)
    {
        string[] all = [.. numbers.Select(n => $"{n}")];
        return $"{string.Join(", ", all[..^1])} {word} {all[^1]}";
    }

    private static IEnumerable<int> Bits() => new[]
    {
        Float64.Bits, Float32.Bits, Float16.Bits, BFloat16.Bits, Float8E4M3.Bits, Float8E5M2.Bits,
    }.Distinct();

    private static string[] FormatNames() => [Float64.Name, Float32.Name, Float16.Name, BFloat16.Name, Float8E4M3.Name, Float8E5M2.Name];

    // What the sample runs in: the interpreter's format, and the executor's, 32 bits where none is named.
    private static string SampleFormats()
    {
        string sample = File.ReadAllText(Path.Combine(SampleTests.Root, "samples", "gradient.cs"));
        Assert.Contains("Interpreter.Run<Float16>", sample, StringComparison.Ordinal);
        Assert.DoesNotContain("Precision.", sample, StringComparison.Ordinal);
        return $"{Float16.Bits}-bit arithmetic by the interpreter and in {(new ExecutionOptions().Precision == Precision.Float32 ? Float32.Bits : 0)}";
    }

    private static double Bound(Func<Variable, Variable> function) =>
        new UnitModel(1).Bound(Program.Trace(x => function(x).Sum(), new Shape(3)), 1).OmegaB;

    // The means of the study's table: under slope 1, and under slope 0.
    private static string Attacked(int slope) => Regex.Match(
        File.ReadAllText(Path.Combine(SampleTests.Root, "docs", "one-slope.md")), @"attacked through clamp[^|]*\| (\d+)\.\d \[[^|]*\| (\d+)\.\d \[").Groups[slope].Value;

    private static string LibTorchPackage() => Regex.Match(
        File.ReadAllText(Path.Combine(SampleTests.Root, "Directory.Packages.props")), @"Include=""libtorch-cpu-linux-x64"" Version=""(\d+\.\d+)").Groups[1].Value;

    [GeneratedRegex(@"\]\([^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\d")]
    private static partial Regex Number();

    [GeneratedRegex(@"^nonsmooth ([^#\n]+)", RegexOptions.Multiline)]
    private static partial Regex Command();
}
