using System.Globalization;
using System.Text;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Training.Tests.Zoo;

/// <summary>27 architectures at full size, as PyTorch and ONNX have them: multiply-adds, bytes kept and kinks, beside PyTorch's counts; the table of docs/zoo.md.</summary>
[Trait("Speed", "Slow")]
public sealed class ZooCountTests
{
    [Fact]
    public void CountsAreThoseOfPyTorchOrExplained()
    {
        var graphs = ZooGraph.All();
        Assert.Equal(95, graphs.Count);
        GeneratedPart.Check("zoo.md", "counts", Table(graphs));
        GeneratedPart.Check("zoo.md", "notes", string.Join("\n", ZooNotes.Texts.Where(t => graphs.Any(g => Letters(g).Contains(t.Key))).Select(t => $"- **{t.Key}** {t.Value}")));
        Assert.All(graphs, g => Assert.True(g.IsComplete, g.File));
        Assert.All(graphs, g => Assert.Equal((g.File, g.Forward.Theirs), (g.File, g.Forward.Ours)));
        Assert.All(graphs, g => Assert.Equal((g.File, ZooNotes.Both.GetValueOrDefault(g.File)), (g.File, g.Both.Ours - g.Both.Theirs)));
        Assert.All(graphs, g => Assert.Equal((g.File, g.Kinks.Theirs), (g.File, g.Kinks.Ours)));
        Assert.All(graphs, g => Assert.True(Math.Abs(Ratio(g) - 1) <= 0.01 || Letters(g).Any(l => ZooNotes.Texts[l].StartsWith("Kept.", StringComparison.Ordinal)), $"{g.File}: {Ratio(g)} of the bytes kept, and no word why"));
    }

    private static string Letters(ZooGraph graph) => ZooNotes.Of.GetValueOrDefault(graph.File, "");

    private static double Ratio(ZooGraph graph) => (double)graph.Kept.Ours / graph.Kept.Theirs;

    private static string Table(IReadOnlyList<ZooGraph> graphs)
    {
        var text = new StringBuilder("| file | forward, MFLOP | forward and backward | kept, KiB | PyTorch's | ratio | kinks | comparisons | why |\n|---|--:|--:|--:|--:|--:|--:|--:|---|\n");
        foreach (var g in graphs)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {g.File} | {g.Forward.Ours / 1e6:N1} | {g.Both.Ours / 1e6:N1}{Differs(g.Both.Ours - g.Both.Theirs, 1e6)} | {g.Kept.Ours / 1024.0:N0} | {g.Kept.Theirs / 1024.0:N0} | {Ratio(g):N2} | {g.Kinks.Ours}{Differs(g.Kinks.Ours - g.Kinks.Theirs, 1)} | {g.Comparisons} | {Letters(g)} |\n");
        }

        int both = graphs.Count(g => g.Both.Ours == g.Both.Theirs), kinks = graphs.Count(g => g.Kinks.Ours == g.Kinks.Theirs);
        return text.Append(CultureInfo.InvariantCulture, $"\nForward: {graphs.Count(g => g.Forward.Ours == g.Forward.Theirs)} of {graphs.Count} equal. Forward and backward: {both}. Kinks: {kinks}. Bytes kept within 1 %: {graphs.Count(g => Math.Abs(Ratio(g) - 1) <= 0.01)}.\n").ToString();
    }

    private static string Differs(double by, double unit) => by == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({(by > 0 ? "+" : "")}{by / unit:0.###})");
}
