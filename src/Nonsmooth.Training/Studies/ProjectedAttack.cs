using Nonsmooth.Data;
using Nonsmooth.Selections;
using Nonsmooth.Training.Engine;
using Nonsmooth.Training.Networks;

namespace Nonsmooth.Training.Studies;

/// <summary>Moves the image itself from a random start in its box, and puts it back into box and range after each step: no clamp is differentiated.</summary>
/// <remarks>What clamp's slope is at a bound makes no difference to it, which is why it judges networks that were trained under either.</remarks>
/// <param name="network">A classifier of images.</param>
/// <param name="batch">Images at once.</param>
public sealed class ProjectedAttack(Model network, int batch) : PixelAttack(network, batch, FieldList.X, Selection.Default)
{
    /// <inheritdoc/>
    public override void Run(ParameterSet parameters, Span<float> images, ReadOnlySpan<long> classes, AttackSteps steps)
    {
        Aim(classes);
        var moved = Field(0);
        steps.Random.FillUniform(moved);
        for (int i = 0; i < moved.Length; i++)
        {
            moved[i] = Math.Clamp(images[i] + (steps.Radius * ((2 * moved[i]) - 1)), 0, 1);
        }

        for (int step = 0; step < steps.Count; step++)
        {
            var gradient = Gradient(parameters);
            for (int i = 0; i < moved.Length; i++)
            {
                float pixel = Math.Clamp(moved[i] + (steps.Length * Sign(gradient[i])), images[i] - steps.Radius, images[i] + steps.Radius);
                moved[i] = Math.Clamp(pixel, 0, 1);
            }
        }

        moved.CopyTo(images);
    }
}
