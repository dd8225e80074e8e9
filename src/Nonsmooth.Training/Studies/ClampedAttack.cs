using Nonsmooth.Selections;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Studies;

/// <summary>Moves a perturbation d that starts at 0, along the gradient of the loss of clamp(x + d, 0, 1): through the clamp.</summary>
/// <remarks>At a pixel that is exactly 0 or 1 the first step has the slope that the selection takes there; with 0 no pixel at a bound ever moves.</remarks>
/// <param name="network">A classifier of images.</param>
/// <param name="batch">Images at once.</param>
/// <param name="selection">What holds at kinks.</param>
public sealed class ClampedAttack(Model network, int batch, Selection selection)
    : PixelAttack(AttackedNetwork.Attacked(network), batch, AttackedNetwork.Perturbation, selection)
{
    /// <inheritdoc/>
    public override void Run(ParameterSet parameters, Span<float> images, ReadOnlySpan<long> classes, AttackSteps steps)
    {
        Aim(classes);
        images.CopyTo(Field(0));
        var d = Field(1);
        d.Clear();
        for (int step = 0; step < steps.Count; step++)
        {
            var gradient = Gradient(parameters);
            for (int i = 0; i < d.Length; i++)
            {
                d[i] = Math.Clamp(d[i] + (steps.Length * Sign(gradient[i])), -steps.Radius, steps.Radius);
            }
        }

        for (int i = 0; i < d.Length; i++)
        {
            images[i] = Math.Clamp(images[i] + d[i], 0, 1);
        }
    }
}
