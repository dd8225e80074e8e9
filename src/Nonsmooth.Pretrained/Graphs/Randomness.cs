using Nonsmooth.Dictionary;
using Nonsmooth.Pretrained.Archives;
using Nonsmooth.Tensors;
using F = Nonsmooth.Dictionary.Functions;

namespace Nonsmooth.Pretrained.Graphs;

/// <summary>What training draws: masks that are pure functions of the step, each node's its own.</summary>
internal static class Randomness
{
    private static readonly HashSet<string> _drawn = ["torch.ops.aten.dropout.default", "torch.ops.aten.dropout_.default", "torch.ops.aten.bernoulli_.float", "torch.ops.aten.bernoulli.p"];

    public static IEnumerable<(string Name, Func<GraphCall, IReadOnlyList<object?>> Rule)> Rows => [("aten.dropout", Dropout), ("aten.bernoulli", Bernoulli)];

    /// <summary>Whether a graph may draw, so that its program takes the number of the step.</summary>
    public static bool IsIn(ArchiveGraph graph) => graph.Nodes.Any(n => (_drawn.Contains(n.Target) && !n.Arguments.Any(a => a is { Name: "train" or "p", Value: false or 0.0 or 0L }))
        || n.Arguments.Any(a => a.Value is ArchiveGraph inner && IsIn(inner)));

    private static IReadOnlyList<object?> Dropout(GraphCall call)
    {
        double rate = Rate(call[1]);
        return call[2] is false || rate == 0 ? [call[0]] : [F.Dropout(call.Importer.AsVariable(call[0]), call.Importer.Step, rate, call.Importer.NextSeed())];
    }

    private static IReadOnlyList<object?> Bernoulli(GraphCall call) =>
        [F.Cast(call.Importer.Builder.Apply(new RandomMask(call.Shape(0), Rate(call[1]), call.Importer.NextSeed()), call.Importer.Step), ElementKind.Real)];

    private static double Rate(object? value) => GraphCall.Number(value) switch
    {
        double d and >= 0 and <= 1 => d,
        long l and (0 or 1) => l,
        _ => throw new ArchiveException("it draws with a probability that is not a number from 0 to 1"),
    };
}
