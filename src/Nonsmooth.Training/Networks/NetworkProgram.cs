using Nonsmooth.Checkpointing;
using Nonsmooth.Cost;
using Nonsmooth.Data.Arrays;
using Nonsmooth.Differentiation;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Training.Networks;

/// <summary>A network at one batch size, as programs.</summary>
/// <param name="Loss">
/// For training. Inputs <c>x</c>, <c>target</c> (types from <see cref="Model.Examples"/>), then every parameter by
/// name, then <see cref="StepInput"/> where there is dropout; outputs <c>loss</c> (the mean cross entropy over all targets, a scalar), <c>logits</c> (the targets' axes, then
/// classes), then <c>batch.NAME</c> for every buffer in order.
/// </param>
/// <param name="Logits">For inference. Inputs <c>x</c>, every parameter, then every buffer; output <c>logits</c>.</param>
/// <param name="Parameters">The parameters, in the order of the inputs.</param>
/// <param name="Batch">Examples at once.</param>
public sealed record NetworkProgram(Program Loss, Program Logits, IReadOnlyList<Parameter> Parameters, int Batch)
{
    /// <summary>The name of the training programs' last input, an index scalar, where a network drops elements by step.</summary>
    public const string StepInput = "step";

    private readonly Lazy<Program> _objective = new(() => Loss.Only("loss"));

    /// <summary>The parameters that are trained, in order: all but the frozen ones.</summary>
    public IReadOnlyList<Parameter> Trained { get; } = [.. Parameters.Where(p => !p.Frozen)];

    /// <summary>The names of frozen parameters that stay in their file, in 16 bits.</summary>
    public IReadOnlySet<string> Narrow { get; } =
        Parameters.Where(p => p is { Frozen: true, Initializer.Stored.Type: StoredType.F16 or StoredType.BF16 }).Select(p => p.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>The state that training averages and inference takes, in the order of the inputs; none without normalisation by batches.</summary>
    public IReadOnlyList<NetworkBuffer> Buffers { get; init; } = [];

    /// <summary>
    /// For inference. Inputs <c>x</c>, <c>target</c>, every parameter, then every buffer; outputs <c>loss</c> and
    /// <c>logits</c>. It is <see cref="Loss"/> where there are neither buffers nor dropout nor smoothed labels.
    /// </summary>
    public Program Evaluation { get; init; } = Loss;

    /// <summary>Whether training takes the number of the step, after every parameter: where there is dropout.</summary>
    public bool UsesStep => Loss.Inputs[^1].Role == InputRole.Step;

    /// <summary>The inputs of <see cref="Loss"/> with <c>loss</c> as the only output: what training differentiates.</summary>
    public Program Objective => _objective.Value;

    /// <summary>What <see cref="Objective"/> and its gradient in <see cref="Trained"/> cost, node by node.</summary>
    public CostReport Cost() => CostAnalysis.Analyze(Objective, new CostOptions { WithRespectTo = [.. Trained.Select(p => p.Name)] });

    /// <summary>Backprop of <see cref="Objective"/>: outputs <c>loss</c>, then <c>grad.NAME</c> for each of <see cref="Trained"/> in order.</summary>
    /// <param name="selection">What holds at kinks; libtorch's choices without one.</param>
    public GradientProgram Gradient(Selection? selection = null) => Objective.Backprop(new BackpropOptions
    {
        WithRespectTo = [.. Trained.Select(p => p.Name)],
        Selection = selection ?? Selection.Default,
    });

    /// <summary>
    /// What a training step computes: <c>loss</c>, <c>batch.NAME</c> for every buffer in order, then <c>grad.NAME</c> for
    /// each of <see cref="Trained"/> in order, each value once.
    /// </summary>
    /// <param name="selection">What holds at kinks; libtorch's choices without one.</param>
    /// <param name="scaled">Whether it takes one more input, the scalar <c>seed.loss</c>, which multiplies the gradient.</param>
    public GradientProgram Step(Selection? selection = null, bool scaled = false) => Tracked().Backprop(OfLoss(selection, scaled));

    /// <summary><see cref="Step"/> within a budget of memory: parts of the forward pass are computed again instead of kept.</summary>
    /// <param name="memoryBudget">The most bytes it holds at once: batch, parameters, gradients, saved values, temporaries.</param>
    /// <param name="selection">What holds at kinks; libtorch's choices without one.</param>
    /// <param name="bytesPerReal">2, 4 or 8.</param>
    /// <param name="scaled">As in <see cref="Step"/>.</param>
    /// <returns>The program, the bits of whose outputs are those of <see cref="Step"/>, and what it holds.</returns>
    /// <exception cref="NonsmoothException">The budget is below the least peak found; the message names that.</exception>
    public PlannedGradient PlanStep(long memoryBudget, Selection? selection = null, int bytesPerReal = sizeof(float), bool scaled = false) =>
        CheckpointPlanner.Plan(
            Tracked(), new CheckpointOptions { MemoryBudget = memoryBudget, BytesPerReal = bytesPerReal, Backprop = OfLoss(selection, scaled) });

    private BackpropOptions OfLoss(Selection? selection, bool scaled) => new()
    {
        Of = ["loss"],
        WithRespectTo = [.. Trained.Select(p => p.Name)],
        Selection = selection ?? Selection.Default,
        SeedInput = scaled,
    };

    private Program Tracked() => Loss.Only(["loss", .. Buffers.Select(b => b.Output)]);
}
