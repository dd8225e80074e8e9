using System.Text.Json;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Traps;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;
using static Nonsmooth.Dictionary.Functions;
using static Nonsmooth.Dictionary.VariableExtensions;

namespace Nonsmooth.Reliability.Tests.Traps;

public class TrapLintTests
{
    public static TheoryData<string> Planted => [.. PlantedTraps.All.Select(t => t.Name)];

    public static TheoryData<string> Clean => [.. CleanPrograms.All.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Planted))]
    public void Finds_a_planted_trap_with_evidence_and_none_once_it_is_mended(string name)
    {
        var planted = PlantedTraps.All.Single(t => t.Name == name);
        var options = new TrapOptions { Format = planted.Format };
        var traps = TrapLint.Of(planted.Trapped(), options);
        Assert.True(traps.Any(t => t.Kind == planted.Kind && t.Node == planted.Node), $"{planted.Trapped()}\n{string.Join('\n', traps)}");
        Assert.All(traps, t =>
        {
            Assert.NotNull(t.Evidence);
            Assert.True(
                !double.IsFinite(t.Evidence.Value) || !double.IsFinite(t.Evidence.Slope) || Math.Abs(t.Evidence.Slope) >= options.LargestSlope, t.ToString());
        });
        Assert.Empty(TrapLint.Of(planted.Mended(), options));
    }

    [Theory]
    [MemberData(nameof(Clean))]
    public void Leaves_sound_programs_alone(string name) =>
        Assert.Empty(TrapLint.Of(CleanPrograms.All.Single(p => p.Name == name).Program()));

    [Fact]
    public void Every_kind_has_a_planted_trap_and_a_name_of_its_own()
    {
        Assert.Equal(TrapLint.Kinds.Count, TrapLint.Kinds.Select(k => k.Id).Distinct().Count());
        Assert.Empty(TrapLint.Kinds.Select(k => k.Id).Except(PlantedTraps.All.Select(t => t.Kind)));
    }

    [Fact]
    public void Measures_the_frameworks_numbers()
    {
        // Reliability specification, section 5: normalising 0 with 1e-12 has the derivative 1e12.
        var normalise = Program.Trace(x => x / Clamp(x.Norm(2), lower: 1e-12), new Shape(4));
        var trap = Assert.Single(TrapLint.Of(normalise, new TrapOptions { Format = TrapFormat.Float64 }));
        Assert.Equal(1e12, trap.Evidence!.Slope, 1e3);
        Assert.Equal("x = 0", trap.Evidence.Point);
        Assert.Contains("the derivative 1E+12 in f64", trap.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_declared_range_makes_the_end_of_a_domain_a_trap()
    {
        var root = Program.Trace(x => Sqrt(x), new Shape(4));
        Assert.Empty(TrapLint.Of(root));
        var trap = Assert.Single(TrapLint.Of(root, With("x", ValueRange.NotNegative)));
        Assert.Equal(("sqrt-at-zero", "sqrt"), (trap.Kind, trap.Node));
        Assert.Empty(TrapLint.Of(root, With("x", new ValueRange(0.1, 1))));
        Assert.Equal(
            "no input 'y': the program's inputs are x",
            Assert.Throws<NonsmoothException>(() => TrapLint.Of(root, With("y", ValueRange.Any))).Message);
    }

    [Fact]
    public void The_format_decides_whether_an_epsilon_exists()
    {
        var program = Program.Trace(x => Rsqrt(Square(x).Sum() + 1e-8), new Shape(4));
        Assert.Empty(TrapLint.Of(program, new TrapOptions { Format = TrapFormat.Float32 }));
        Assert.Equal("epsilon-lost", Assert.Single(TrapLint.Of(program, new TrapOptions { Format = TrapFormat.Float16 })).Kind);
        Assert.Empty(TrapLint.Of(program, new TrapOptions { Format = TrapFormat.BFloat16 }));
    }

    [Fact]
    public void The_selection_decides_whether_a_kink_stops_an_infinite_slope()
    {
        var program = Program.Trace(x => Sqrt(Relu(x)), new Shape(4));
        Assert.Empty(TrapLint.Of(program));
        var trap = Assert.Single(TrapLint.Of(program, new TrapOptions { Selection = Selection.Default with { ReluAtZero = 0.5 } }));
        Assert.Equal(("sqrt-at-zero", double.PositiveInfinity), (trap.Kind, trap.Evidence!.Slope));
    }

    [Fact]
    public void An_alarm_too_large_to_probe_has_no_evidence()
    {
        var program = Program.Trace(x => Sqrt(Square(x).Sum()), new Shape(5000));
        var trap = Assert.Single(TrapLint.Of(program));
        Assert.Equal("norm-by-hand", trap.Kind);
        Assert.Null(trap.Evidence);
    }

    [Fact]
    public void Names_the_node_inside_a_module_and_probes_behind_a_product_of_matrices()
    {
        var program = Program.Trace((x, w) => Log(Softmax(MatMul(x, w))), new Shape(100, 80), new Shape(80, 3));
        var trap = Assert.Single(TrapLint.Of(program));
        Assert.StartsWith("matmul = ", trap.Evidence!.Point, StringComparison.Ordinal);
    }

    [Fact]
    public void Serialises_with_its_infinities()
    {
        var trap = Assert.Single(TrapLint.Of(Program.Trace(x => Sqrt((x * x).Sum()), new Shape(3))));
        string json = JsonSerializer.Serialize(trap);
        Assert.Contains("\"Kind\":\"norm-by-hand\"", json, StringComparison.Ordinal);
        Assert.Contains("\"Slope\":\"NaN\"", json, StringComparison.Ordinal);
        Assert.Equal(trap, JsonSerializer.Deserialize<Trap>(json));
    }

    [Fact]
    public void The_documentation_lists_every_kind_as_the_code_does()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Nonsmooth.slnx")))
        {
            folder = folder.Parent;
        }

        string text = File.ReadAllText(Path.Combine(folder.FullName, "docs", "traps.md"));
        Assert.All(TrapLint.Kinds, k => Assert.Contains($"| `{k.Id}` | {k.Looks} | {k.Happens} | {k.Mend} |", text, StringComparison.Ordinal));
    }

    private static TrapOptions With(string input, ValueRange range) =>
        new() { Inputs = new Dictionary<string, ValueRange> { [input] = range } };
}
