using Nonsmooth.Pretrained.Archives;

namespace Nonsmooth.Pretrained.Tests.Graphs;

/// <summary>Archives of a few nodes, written in code.</summary>
internal static class SmallArchive
{
    public static ArchiveTensorType Float(params long[] sizes) => new(ArchiveType.Float, [.. sizes.Select(s => new ArchiveSize(s, ""))]);

    public static ArchiveNode Node(string result, string target, params object?[] arguments) =>
        new(result, $"torch.ops.aten.{target}", [.. arguments.Select(a => a as ArchiveArgument ?? new ArchiveArgument("", a is string name ? new ValueName(name) : a, false))], [result]);

    public static ArchiveArgument Named(string name, object? value) => new(name, value, false);

    /// <summary>A graph of one input <c>x</c> whose output is what the last node makes.</summary>
    public static Archive Of(ArchiveTensorType x, params ArchiveNode[] nodes) => new()
    {
        Path = "small.pt2",
        TorchVersion = "2.13.0",
        Graph = new ArchiveGraph(["x"], [new ValueName(nodes[^1].Results[0]!)], nodes, new Dictionary<string, ArchiveTensorType> { ["x"] = x }),
        Inputs = [new ArchiveInputSpec(ArchiveInputKind.User, "x", "")],
        Outputs = [new ArchiveOutputSpec(new ValueName(nodes[^1].Results[0]!), null)],
        Weights = new Dictionary<string, ArchiveTensor>(),
        Constants = new Dictionary<string, ArchiveTensor>(),
    };
}
