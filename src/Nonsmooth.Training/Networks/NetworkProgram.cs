using Nonsmooth.Differentiation;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Training.Networks;

/// <summary>A network at one batch size, as programs.</summary>
/// <param name="Loss">
/// For training. Inputs <c>x</c>, <c>target</c> (types from <see cref="Network.Examples"/>), then every parameter by
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

    private readonly Lazy<Program> _objective = new(() => OnlyLoss(Loss));

    /// <summary>The state that training averages and inference takes, in the order of the inputs; none without normalisation by batches.</summary>
    public IReadOnlyList<NetworkBuffer> Buffers { get; init; } = [];

    /// <summary>
    /// For inference. Inputs <c>x</c>, <c>target</c>, every parameter, then every buffer; outputs <c>loss</c> and
    /// <c>logits</c>. It is <see cref="Loss"/> where there are neither buffers nor dropout.
    /// </summary>
    public Program Evaluation { get; init; } = Loss;

    /// <summary>Whether training takes the number of the step, after every parameter: where there is dropout.</summary>
    public bool UsesStep => Loss.Inputs[^1].Name == StepInput;

    /// <summary>The inputs of <see cref="Loss"/> with <c>loss</c> as the only output: what training differentiates.</summary>
    public Program Objective => _objective.Value;

    /// <summary>Backprop of <see cref="Objective"/>: outputs <c>loss</c>, then <c>grad.NAME</c> for every parameter in order.</summary>
    /// <param name="selection">What holds at kinks; libtorch's choices without one.</param>
    public Program Gradient(Selection? selection = null) => Objective.Backprop(new BackpropOptions
    {
        WithRespectTo = [.. Parameters.Select(p => p.Name)],
        Selection = selection ?? Selection.Default,
    });

    /// <summary><see cref="Gradient"/>, then <c>batch.NAME</c> for every buffer in order: all that a training step needs, computed once.</summary>
    /// <param name="selection">What holds at kinks; libtorch's choices without one.</param>
    public Program Step(Selection? selection = null)
    {
        var gradient = Gradient(selection);
        if (Buffers.Count == 0)
        {
            return gradient;
        }

        // Both are written out as far as backprop does, so the builder shares the forward applications.
        var forward = Loss.Flatten(static composite => composite.HasVjp);
        return Program.Trace(Inputs(Loss), v =>
        {
            var step = v[0].Builder.Inline(gradient, [.. v]);
            var outputs = v[0].Builder.Inline(forward, [.. v]);
            return
            [
                .. gradient.Outputs.Select((o, i) => (o.Name, step[i])),
                .. Buffers.Select((b, i) => (b.Output, outputs[i + 2])),
            ];
        }).Prune();
    }

    private static Program OnlyLoss(Program loss) =>
        Program.Trace(Inputs(loss), v => [("loss", v[0].Builder.Inline(loss, [.. v])[0])]).Prune();

    private static List<(string Name, Tensors.TensorType Type)> Inputs(Program program) =>
        [.. program.Inputs.Select(i => (i.Name, program.Types[i.Value]))];
}
