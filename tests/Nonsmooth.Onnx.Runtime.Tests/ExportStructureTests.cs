using Nonsmooth.Dictionary;
using Nonsmooth.Onnx.Export;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Onnx.Import;
using Nonsmooth.Programs;
using Nonsmooth.Randomness;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Onnx.Runtime.Tests;

/// <summary>What is written and read again is the program that it was.</summary>
[Trait("Speed", "Slow")]
public sealed class ExportStructureTests(ITestOutputHelper output)
{
    private const int Programs = 1000;

    public static TheoryData<string> Networks => [.. Models.All.Select(r => r.Name).Where(n => !n.Contains(':', StringComparison.Ordinal)), "mlp:8-4", "gpt:1-32-2", "gpt:2-32-4"];

    [Theory]
    [MemberData(nameof(Networks))]
    public void NetworksAreReadAsTheyWere(string name)
    {
        var network = Models.Find(name).Build(1);
        foreach (var (what, program) in (ReadOnlySpan<(string, Program)>)[("logits", network.Logits), ("evaluation", network.Evaluation)])
        {
            string? difference = Structure.Difference(program, Again(program, 17));
            output.WriteLine($"{name} {what}: {program.Nodes.Count} nodes, {difference ?? "the same"}");
            Assert.True(difference is null, $"{what}: {difference}");
        }
    }

    [Fact]
    public void RandomProgramsAreReadAsTheyWere()
    {
        var (same, changed, refused) = Rows();
        output.WriteLine($"{same.Count} functions are themselves, {changed.Count} others of equal value, {refused.Count} are not written");
        output.WriteLine(string.Join("\n", changed.Order()));
        output.WriteLine("not written: " + string.Join(", ", refused.Order()));
        Assert.True(same.Count >= 175 && changed.Count <= 8, $"{same.Count} functions are themselves and {changed.Count} are not");
        for (int i = 0; i < Programs; i++)
        {
            int opset = 13 + (i % 9);
            var program = Draw([.. same.Where(s => s.From <= opset).Select(s => s.Row)], new CounterRandom(31, (ulong)i));
            string? difference = Structure.Difference(program, Again(program, opset));
            Assert.True(difference is null, $"program {i}: {difference}\n{program}");
        }
    }

    private static IEnumerable<int> Opsets => Enumerable.Range(13, 9);

    private static bool IsWritten(Program program, int opset)
    {
        try
        {
            OnnxExport.Export(program, new OnnxExportOptions { InDouble = true, Opset = opset });
            return true;
        }
        catch (NonsmoothException e) when (e.Message.Contains("of ONNX", StringComparison.Ordinal) || e.Message.Contains("ONNX has no", StringComparison.Ordinal))
        {
            return false;
        }
    }

    private static (List<(DictionaryRow Row, int From)> Same, List<string> Changed, List<string> Refused) Rows()
    {
        var (same, changed, refused) = (new List<(DictionaryRow, int)>(), new List<string>(), new List<string>());
        foreach (var row in StandardDictionary.Rows)
        {
            var builder = new ProgramBuilder();
            var inputs = row.Arguments.Select((a, i) => builder.Input($"a{i}", a.Type)).ToArray();
            var program = builder.Build(builder.ApplyAll(row.Function, inputs).Select((r, i) => ($"r{i}", r)));
            int from = Opsets.FirstOrDefault(opset => IsWritten(program, opset));
            if (from == 0)
            {
                refused.Add($"{row}");
                continue;
            }

            string? difference = Opsets.Where(opset => opset >= from).Select(opset => Structure.Difference(program, Again(program, opset)) is { } found ? $"{opset}: {found}" : null).FirstOrDefault(d => d is not null);
            if (difference is not null)
            {
                changed.Add($"{row}: {difference}");
            }
            else if (row.Function is not Constant)
            {
                // What follows from constants alone is computed when it is read, so that nothing is applied to constants here.
                same.Add((row, from));
            }
        }

        return (same, changed, refused);
    }

    // Rows applied to what there is of the types they take, now and then to new inputs.
    private static Program Draw(List<DictionaryRow> rows, CounterRandom random)
    {
        var sequence = random.Sequence();
        int Below(int count) => (int)(sequence.NextDouble() * count);
        var builder = new ProgramBuilder();
        var values = new List<Variable>();
        int steps = 1 + Below(30);
        var outputs = new List<(string, Variable)>();
        for (int step = 0; step < steps; step++)
        {
            var row = rows[Below(rows.Count)];
            var arguments = new List<Variable>();
            foreach (var argument in row.Arguments)
            {
                Variable[] fitting = [.. values.Where(v => v.Type.Equals(argument.Type))];
                if (fitting.Length == 0 || Below(4) == 0)
                {
                    var input = builder.Input($"x{values.Count}", argument.Type);
                    values.Add(input);
                    arguments.Add(input);
                }
                else
                {
                    arguments.Add(fitting[Below(fitting.Length)]);
                }
            }

            var results = builder.ApplyAll(row.Function, [.. arguments]);
            values.AddRange(results);
            outputs.Add(($"y{step}", results[Below(results.Count)]));
        }

        return builder.Build(outputs).Prune();
    }

    private static Program Again(Program program, int opset) =>
        OnnxImport.Import(OnnxFile.Parse(OnnxFile.ToBytes(OnnxExport.Export(program, new OnnxExportOptions { InDouble = true, Opset = opset })))).Program;
}
