using Nonsmooth.LibTorch.Execution;
using Nonsmooth.LibTorch.Measurement;
using Nonsmooth.Programs;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Cli.Costs;

/// <summary>What a report has beyond the count, if it was asked for.</summary>
/// <param name="Timings">Predicted and measured times.</param>
/// <param name="Memory">What a step of training holds.</param>
/// <param name="Fits">The largest batch in a budget.</param>
/// <param name="Violations">Nodes whose measured gradient breaks the bound, a line each; nothing if nothing was measured.</param>
/// <param name="Checkpoint">The gradient planned within a budget.</param>
/// <param name="Jacobian">Which mode computes a Jacobian cheapest.</param>
/// <param name="Executors">Which executor takes least.</param>
internal sealed record CostExtras(
    CostTimings? Timings,
    MemoryPrediction? Memory,
    Fit? Fits,
    IReadOnlyList<string>? Violations,
    Checkpointed? Checkpoint = null,
    JacobianAdvice? Jacobian = null,
    ExecutorAdvice? Executors = null)
{
    /// <summary>Nothing beyond the count.</summary>
    public static CostExtras None { get; } = new(null, null, null, null);

    /// <summary>Predicts, and measures if asked to.</summary>
    public static CostExtras Of(Model network, NetworkProgram programs, CostWishes wishes)
    {
        var planned = wishes.Checkpoint is { } bytes ? Checkpointed.Of(programs, bytes) : null;
        var advice = wishes.Jacobian is { } wish ? JacobianAdvice.For(programs, wish, wishes.Nonlinear) : null;
        return Beyond(network, programs, wishes) with { Checkpoint = planned, Jacobian = advice };
    }

    private static CostExtras Beyond(Model network, NetworkProgram programs, CostWishes wishes)
    {
        if (wishes is { Predict: false, Measure: false, Budget: null })
        {
            return None;
        }

        var gradient = programs.Gradient();
        var options = new ExecutionOptions { ConvertedWhereRead = programs.Narrow };
        var memory = MemoryPrediction.Of(gradient, options: options);
        Fit? fits = wishes.Budget is { } budget
            ? new Fit(budget, MemoryPrediction.Fits(budget, batch => network.Build(batch).Gradient(), options: options))
            : null;
        if (wishes is { Predict: false, Measure: false })
        {
            return new CostExtras(null, memory, fits, null);
        }

        var machine = MachineModel.LoadOrCalibrate(wishes.Calibration);
        var prediction = Prediction.Of(machine, programs.Objective, gradient);
        var predicted = new Timing(
            Whole(prediction.Forward, prediction.ForwardAndBackward),
            Rows(
                programs.Objective,
                prediction.Objective.Select(n => (n.Lineage, n.Seconds)),
                prediction.Gradient.Where(n => n.Backward).Select(n => (n.Lineage, n.Seconds))));
        var executors = ExecutorAdvice.Of(machine, programs, prediction, wishes.Runs);
        if (!wishes.Measure)
        {
            return new CostExtras(new CostTimings(predicted, null), memory, fits, null, Executors: executors);
        }

        var measurement = Measurement.Of(programs.Objective, gradient, new MeasurementOptions { Indices = network.Examples.Min(f => f.Classes) ?? 1 });
        var measured = new Timing(
            Whole(measurement.Forward, measurement.ForwardAndBackward),
            Rows(
                programs.Objective,
                measurement.Objective.Nodes.Select(n => (n.Lineage, n.Least)),
                measurement.Gradient.Nodes.Where(n => n.Backward).Select(n => (n.Lineage, n.Least))));
        var violations = CheapGradientCheck.Find(programs.Objective, gradient, measurement, machine);
        return new CostExtras(new CostTimings(predicted, measured), memory, fits, [.. violations.Select(v => v.ToString())], Executors: executors);
    }

    private static Span Whole(double forward, double both) => new(1e3 * forward, 1e3 * (both - forward));

    // The seed of the backward sweep belongs to no node.
    private static Dictionary<string, Span> Rows(
        Program objective,
        IEnumerable<(IReadOnlyList<string> Lineage, double Seconds)> forward,
        IEnumerable<(IReadOnlyList<string> Lineage, double Seconds)> backward)
    {
        var rows = objective.Nodes.ToDictionary(n => n.Name, _ => default(Span), StringComparer.Ordinal);
        foreach (var (lineage, span) in forward.Select(f => (f.Lineage, new Span(1e3 * f.Seconds, 0)))
            .Concat(backward.Select(b => (b.Lineage, new Span(0, 1e3 * b.Seconds)))))
        {
            if (lineage.FirstOrDefault(rows.ContainsKey) is { } name)
            {
                rows[name] = new Span(rows[name].Forward + span.Forward, rows[name].Backward + span.Backward);
            }
        }

        return rows;
    }
}

/// <summary>What was asked for beyond the count.</summary>
/// <param name="Predict">Whether to predict times.</param>
/// <param name="Measure">Whether to run, which predicts too.</param>
/// <param name="Budget">Bytes that a step shall fit into.</param>
/// <param name="Checkpoint">Bytes that the gradient shall stay within by computing again.</param>
/// <param name="Jacobian">The Jacobian whose modes shall be priced.</param>
/// <param name="Nonlinear">The c of U(c).</param>
/// <param name="Runs">How often the gradient will run, for the choice of an executor.</param>
/// <param name="Calibration">How this machine is calibrated.</param>
internal sealed record CostWishes(
    bool Predict, bool Measure, long? Budget, long? Checkpoint, JacobianWish? Jacobian, double Nonlinear, long Runs, CalibrationOptions Calibration);

/// <summary>The answer to <c>--fits</c>.</summary>
/// <param name="Budget">Bytes.</param>
/// <param name="Batch">The largest batch whose step fits, 0 if none does.</param>
internal sealed record Fit(long Budget, int Batch);
