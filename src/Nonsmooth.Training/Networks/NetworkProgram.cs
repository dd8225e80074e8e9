using Nonsmooth.Differentiation;
using Nonsmooth.Programs;
using Nonsmooth.Selections;

namespace Nonsmooth.Training.Networks;

/// <summary>A network at one batch size, as programs.</summary>
/// <param name="Loss">
/// Inputs <c>x</c> (real batch×C×H×W), <c>target</c> (index batch), then every parameter by name; outputs <c>loss</c>
/// (the mean cross entropy, a scalar) and <c>logits</c> (batch×classes).
/// </param>
/// <param name="Logits">Inputs <c>x</c>, then every parameter; output <c>logits</c>.</param>
/// <param name="Parameters">The parameters, in the order of the inputs.</param>
/// <param name="Batch">Examples at once.</param>
public sealed record NetworkProgram(Program Loss, Program Logits, IReadOnlyList<Parameter> Parameters, int Batch)
{
    /// <summary>The inputs of <see cref="Loss"/> with <c>loss</c> as the only output: what training differentiates.</summary>
    public Program Objective { get; init; } = OnlyLoss(Loss);

    /// <summary>Backprop of <see cref="Objective"/>: outputs <c>loss</c>, then <c>grad.NAME</c> for every parameter in order.</summary>
    /// <param name="selection">What holds at kinks; libtorch's choices without one.</param>
    public Program Gradient(Selection? selection = null) => Objective.Backprop(new BackpropOptions
    {
        WithRespectTo = [.. Parameters.Select(p => p.Name)],
        Selection = selection ?? Selection.Default,
    });

    private static Program OnlyLoss(Program loss)
    {
        var inputs = loss.Inputs.Select(i => (i.Name, loss.Types[i.Value])).ToList();
        return Program.Trace(inputs, v => [("loss", v[0].Builder.Inline(loss, [.. v])[0])]).Prune();
    }
}
