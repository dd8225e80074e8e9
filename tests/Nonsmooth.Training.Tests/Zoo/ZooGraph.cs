using System.Text.Json;
using Nonsmooth.Cost;
using Nonsmooth.Dictionary;
using Nonsmooth.Onnx.Files;
using Nonsmooth.Onnx.Import;
using Nonsmooth.Pretrained.Archives;
using Nonsmooth.Pretrained.Graphs;
using Nonsmooth.Programs;
using Nonsmooth.Reliability.Sites;
using Nonsmooth.Tensors;
using Nonsmooth.Tests.Shared;

namespace Nonsmooth.Training.Tests.Zoo;

/// <summary>One export of a real architecture, counted, beside what PyTorch counts of it.</summary>
/// <param name="File">Its file.</param>
/// <param name="Forward">Twice the multiply-adds of the value: ours, theirs.</param>
/// <param name="Both">Of the value and the gradient of the sum of all real outputs in every parameter.</param>
/// <param name="Kept">Bytes kept for backward.</param>
/// <param name="Kinks">Nodes that are not smooth in real numbers, comparisons and choices by them apart.</param>
/// <param name="Comparisons">Nodes that compare real numbers: ours only.</param>
/// <param name="IsComplete">Whether every node was counted.</param>
internal sealed record ZooGraph(string File, (long Ours, long Theirs) Forward, (long Ours, long Theirs) Both, (long Ours, long Theirs) Kept, (int Ours, int Theirs) Kinks, int Comparisons, bool IsComplete)
{
    // They name the choice, we name the comparison that it is made by.
    private static readonly string[] _choices = ["where", "Where"];

    /// <summary>All of them; skips the test without them.</summary>
    public static IReadOnlyList<ZooGraph> All()
    {
        string folder = Path.Combine(SharedData.FolderOrSkip("zoo"), "zoo");
        using var counts = JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(folder, "counts.json")));
        return
        [
            .. from architecture in counts.RootElement.GetProperty("architectures").EnumerateObject()
               from graph in architecture.Value.GetProperty("graphs").EnumerateObject()
               select Of(Path.Combine(folder, graph.Name), architecture.Value, graph.Value),
        ];
    }

    private static ZooGraph Of(string path, JsonElement architecture, JsonElement graph)
    {
        var (program, states) = Imported(path);
        var report = CostAnalysis.Analyze(WithLoss(program, states));
        string mode = path.EndsWith(".train.pt2", StringComparison.Ordinal) ? "train" : "eval";
        var theirs = architecture.GetProperty("counts").GetProperty($"batch{architecture.GetProperty("batch").GetInt32()}").GetProperty("plain");
        var sites = KinkSite.Of(program);
        long forward = 2 * report.Forward.MultiplyAdds.Dense;
        return new ZooGraph(
            Path.GetFileName(path),
            (forward, theirs.GetProperty("forward").GetProperty("total").GetInt64()),
            (forward + (2 * report.Backward.MultiplyAdds.Dense), theirs.GetProperty($"forward_backward_{mode}").GetProperty("total_exact").GetInt64()),
            (4 * report.SavedWords, theirs.GetProperty($"saved_{mode}").GetProperty("bytes").GetInt64()),
            (sites.Count(s => !s.IsComparison), graph.GetProperty("nonsmooth_float").EnumerateObject().Where(o => !_choices.Contains(o.Name)).Sum(o => o.Value.GetInt32())),
            sites.Count(s => s.IsComparison),
            report.IsComplete && report.Unsaid.Count == 0);
    }

    private static (Program Program, HashSet<string> States) Imported(string path)
    {
        if (!path.EndsWith(".pt2", StringComparison.Ordinal))
        {
            return (OnnxImport.Import(OnnxFile.Read(path)).Program, []);
        }

        var imported = ArchiveImport.Import(ArchiveFile.Read(path));
        return (imported.Program, [.. imported.Outputs.Where(o => o.Buffer is not null).Select(o => o.Name)]);
    }

    private static Program WithLoss(Program program, HashSet<string> states)
    {
        var builder = new ProgramBuilder();
        var outputs = builder.Inline(program, [.. program.Inputs.Select(i => builder.Input(i.Name, program.Types[i.Value], i.Role))]);
        var sums = outputs.Where((o, i) => o.Type.Kind == ElementKind.Real && !states.Contains(program.Outputs[i].Name)).Select(o => o.Sum());
        return builder.Build([("loss", sums.Aggregate((a, b) => a + b))]);
    }
}
