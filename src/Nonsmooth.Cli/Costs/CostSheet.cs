using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.Programs;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Cli.Costs;

/// <summary>What a network's loss and its gradient cost, as every form of the report shows it.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Batch">Examples at once.</param>
/// <param name="Input">One example.</param>
/// <param name="Parameters">Trainable numbers.</param>
/// <param name="Unit">Prices in the unit model, and the bounds.</param>
/// <param name="Macs">Multiply-adds: of the value with dense and effective taps, of the backward sweep with dense taps.</param>
/// <param name="Ratio">(forward + backward) / forward in multiply-adds, or nothing if there are none.</param>
/// <param name="ReluElements">Elements that go through a ReLU.</param>
/// <param name="PoolComparisons">Comparisons of max-pooling.</param>
/// <param name="SavedWords">Words of 4 bytes kept between forward and backward.</param>
/// <param name="Counted">Operations as evaluated.</param>
/// <param name="Bytes">Bytes read and written.</param>
/// <param name="Coverage">What is counted.</param>
/// <param name="Milliseconds">Predicted and measured times, if asked for.</param>
/// <param name="Memory">What a step of training holds, if asked for.</param>
/// <param name="Fits">The largest batch in a budget, if asked for.</param>
/// <param name="Checkpoint">The gradient planned within a budget, if asked for.</param>
/// <param name="Jacobian">Which mode computes a Jacobian cheapest, if asked for.</param>
/// <param name="Executors">What each executor is predicted to take, if asked for.</param>
/// <param name="Violations">Nodes whose measured gradient breaks the bound, if it was measured.</param>
/// <param name="Modules">The rows of the table.</param>
/// <param name="Nodes">The rows of the program.</param>
internal sealed record CostSheet(
    string Network,
    int Batch,
    string Input,
    long Parameters,
    UnitCost Unit,
    Macs Macs,
    double? Ratio,
    long ReluElements,
    long PoolComparisons,
    long SavedWords,
    CountedCost Counted,
    MovedBytes Bytes,
    Coverage Coverage,
    Milliseconds? Milliseconds,
    MemoryPrediction? Memory,
    Fit? Fits,
    Checkpointed? Checkpoint,
    JacobianAdvice? Jacobian,
    ExecutorAdvice? Executors,
    IReadOnlyList<string>? Violations,
    IReadOnlyList<CostRow> Modules,
    IReadOnlyList<CostRow> Nodes)
{
    /// <summary>Counts a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="programs">Its programs at a batch size.</param>
    /// <param name="nonlinear">The c of U(c).</param>
    /// <param name="depth">Parts of the names in the table of modules; chosen to read well without one.</param>
    /// <param name="extras">What there is beyond the count.</param>
    public static CostSheet Of(Model network, NetworkProgram programs, double nonlinear, int? depth, CostExtras extras)
    {
        var loss = programs.Objective;
        var report = programs.Cost();
        var nodes = CostRow.Of(report, FirstUses(loss, programs), extras.Timings);
        var (forward, backward) = (report.Forward, report.Backward);
        return new CostSheet(
            network.Name,
            programs.Batch,
            network.Examples.ToString(),
            programs.Trained.Sum(p => p.Shape.Count64),
            UnitCost.Of(loss, nonlinear),
            new Macs(forward.MultiplyAdds.Dense, forward.MultiplyAdds.Effective, backward.MultiplyAdds.Dense, backward.MultiplyAdds.Effective),
            double.IsNaN(report.Ratio) ? null : report.Ratio,
            report.ReluElements,
            report.PoolComparisons,
            report.SavedWords,
            new CountedCost(
                Operations.Of(forward.Operations), Operations.Of(backward.Operations), Operations.Of(forward.Operations + backward.Operations)),
            new MovedBytes(forward.Bytes, backward.Bytes),
            new Coverage(report.Nodes.Count, report.Uncounted, report.Unsaid),
            extras.Timings?.Totals,
            extras.Memory,
            extras.Fits,
            extras.Checkpoint,
            extras.Jacobian,
            extras.Executors,
            extras.Violations,
            ModuleTable.Of(nodes, depth),
            nodes);
    }

    // A parameter belongs to the first node that takes it: shared ones count once, and the sum over nodes is the total.
    private static Dictionary<string, long> FirstUses(Program loss, NetworkProgram programs)
    {
        var waiting = programs.Trained.ToDictionary(p => loss.Input(p.Name).Value, p => p.Shape.Count64);
        var uses = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var node in loss.Nodes)
        {
            foreach (int argument in node.Arguments)
            {
                if (waiting.Remove(argument, out long size))
                {
                    uses[node.Name] = uses.GetValueOrDefault(node.Name) + size;
                }
            }
        }

        return uses;
    }
}
