using Nonsmooth.LibTorch.Execution;
using Nonsmooth.Reliability.Gradients;
using Nonsmooth.Selections;

namespace Nonsmooth.Reliability.Families;

/// <summary>On one batch with a ReLU at its kink: what ReLU'(0) = 1 changes, and what the published backward changes.</summary>
/// <param name="Draw">The draw of the parameters.</param>
/// <param name="Batch">The first batch of that draw that the choice affects.</param>
/// <param name="AtKinks">ReLUs that were evaluated at 0.</param>
/// <param name="Correct">The distance of the backprops with ReLU'(0) = 1 and 0.</param>
/// <param name="Bug">The distance of the published backward with α = 1 from the backprop with 0.</param>
public sealed record BugComparison(int Draw, int Batch, long AtKinks, GradientDistance Correct, GradientDistance Bug)
{
    /// <summary>How many times larger, in Σ‖·‖₁, the bug is than the choice.</summary>
    public double Ratio => Bug.SumL1 / Correct.SumL1;

    /// <summary>Looks for the first affected batch and compares the three gradients on it.</summary>
    /// <param name="subject">A program with ReLUs, and its data.</param>
    /// <param name="precision">The format.</param>
    /// <param name="maximumDraws">Draws to look through.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <exception cref="NonsmoothException">None of the draws has an affected batch.</exception>
    public static BugComparison Run(IAuditSubject subject, Precision precision, int maximumDraws = 10, CancellationToken cancellation = default)
    {
        var one = GradientRunner.Of(subject.Objective, subject.Parameters, Selection.Default with { ReluAtZero = 1 });
        using var zero = new GradientRunner(subject.Objective, subject.Parameters, Selection.Default, precision, subject.Device);
        using var correct = new GradientRunner(one, precision, subject.Device);
        using var bug = new GradientRunner(PublishedBug.Rewrite(one, 1), precision, subject.Device);
        using var screen = new KinkScreen(subject.Objective, precision, subject.Device);
        for (int draw = 0; draw < maximumDraws; draw++)
        {
            for (int batch = 0; batch < subject.Batches; batch++)
            {
                cancellation.ThrowIfCancellationRequested();
                var inputs = subject.Inputs(draw, batch);
                long visits = screen.Count(inputs);
                if (visits == 0)
                {
                    continue;
                }

                var reference = zero.Run(inputs);
                var distance = GradientDistance.Between(reference, correct.Run(inputs));
                if (!distance.IsZero)
                {
                    return new(draw, batch, visits, distance, GradientDistance.Between(reference, bug.Run(inputs)));
                }
            }
        }

        throw new NonsmoothException($"ReLU'(0) changes no gradient in {maximumDraws} draws of {subject.Batches} batches: use more draws, a deeper network, or a format of fewer bits");
    }
}
