using Nonsmooth.Dictionary;
using Nonsmooth.Differentiation;
using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Programs;
using Nonsmooth.Selections;
using Nonsmooth.Tensors;

namespace Nonsmooth.LibTorch.Tests.Execution;

/// <summary>No function of the dictionary falls back to the interpreter on the processor, whatever is selected.</summary>
public sealed class HostNodesTests
{
    private static readonly (string Name, Selection Selection)[] _selections =
    [
        ("libtorch", Selection.Default),
        ("minimal norm", Selection.MinimalNorm),
        ("jax", Selection.Jax),
        ("steepest", Everywhere(KinkRule.Steepest, TieRule.Last, 1)),
        ("half", Everywhere(0.5, TieRule.Average, 0.5)),
        ("outside Clarke", Everywhere(-7.25, TieRule.Beta(100), 3)),
        ("own", Everywhere(KinkRule.Midpoint, TieRule.Custom("rank", (k, i) => 2.0 * (i + 1) / (k * (k + 1))), -1)),
    ];

    public static TheoryData<string, Precision> Cases
    {
        get
        {
            var data = new TheoryData<string, Precision>();
            foreach (var (name, _) in _selections)
            {
                foreach (var precision in Enum.GetValues<Precision>())
                {
                    data.Add(name, precision);
                }
            }

            return data;
        }
    }

    [Trait("Speed", "Slow")]
    [Theory]
    [MemberData(nameof(Cases))]
    public void NoneIsLeft(string name, Precision precision)
    {
        var selection = _selections.Single(s => s.Name == name).Selection;
        var host = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var row in StandardDictionary.Rows)
        {
            foreach (var program in Programs(row, selection))
            {
                using var compiled = new LibTorchExecutor(new ExecutionOptions { Precision = precision }).Compile(program);
                host.UnionWith(compiled.HostNodes.Select(n => $"{row}: {n}"));
            }
        }

        Assert.True(host.Count == 0, string.Join("\n", host));
    }

    private static IEnumerable<Program> Programs(DictionaryRow row, Selection selection)
    {
        var builder = new ProgramBuilder();
        var inputs = row.Arguments.Select((a, i) => builder.Input($"a{i}", a.Type)).ToArray();
        var program = builder.Build(builder.ApplyAll(row.Function, inputs).Select((r, i) => ($"r{i}", r)));
        yield return program;
        if (program.Inputs.Any(i => program.Types[i.Value].Kind == ElementKind.Real)
            && program.Outputs.Any(o => program.Types[o.Value].Kind == ElementKind.Real))
        {
            var back = program.Backprop(new BackpropOptions { Selection = selection });
            yield return back;
            yield return program.Forprop(new ForpropOptions { Selection = selection });
            yield return back.Forprop(new ForpropOptions { Selection = selection });
        }
    }

    private static Selection Everywhere(KinkRule kinks, TieRule ties, double norm) => new()
    {
        ReluAtZero = kinks,
        Relu6AtBounds = kinks,
        LeakyReluAtZero = kinks,
        EluAtZero = kinks,
        SeluAtZero = kinks,
        HardtanhAtBounds = kinks,
        HardsigmoidAtBounds = kinks,
        HardswishAtBounds = kinks,
        ClampAtBounds = kinks,
        AbsAtZero = kinks,
        MaximumTies = ties,
        ReduceMaximumTies = ties,
        MaxPoolTies = ties,
        CumulativeMaximumTies = ties,
        MedianTies = ties,
        InfinityNormTies = ties,
        NormAtZero = norm,
    };
}
